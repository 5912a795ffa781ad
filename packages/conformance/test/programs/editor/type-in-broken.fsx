// type: Person at 4:24
type Person = { Name: string }
let broken = (
let show (p: Person) = ‸p.
