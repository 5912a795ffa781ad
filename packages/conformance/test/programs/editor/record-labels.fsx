// offers: Age : int
// never: Name, Width, List
type Person = { Name: string; Age: int }
type Size = { Width: int; Height: int }
let ada = { Name = "Ada"; ‸ }
