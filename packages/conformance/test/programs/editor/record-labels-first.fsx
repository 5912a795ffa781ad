// an annotation tells which record is meant
// offers: Name
// never: Width
type Person = { Name: string; Age: int }
type Size = { Width: int; Height: int }
let ada: Person = { N‸
