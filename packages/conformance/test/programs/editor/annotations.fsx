// offers: Person; string; int; list
// never: person, let
type Person = { Name: string }
let person = { Name = "Ada" }
let greet (p: ‸) = 1
