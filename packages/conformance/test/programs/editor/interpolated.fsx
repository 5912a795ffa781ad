// offers: Name
type Person = { Name: string; Age: int }
let greet (p: Person) = $"Hello, {p.‸}!"
