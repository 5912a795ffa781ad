// behind the label stands a value
// offers: name; String
// never: Age
type Person = { Name: string; Age: int }
let make (name: string) = { Name = ‸
