// defined at 2:17
type Person = { Name: string }
let name (p: Person) = p.‸Name
