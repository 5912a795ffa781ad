// the type of the parameter comes from the list
// offers: Name : string
type Person = { Name: string; Age: int }
let people = [{ Name = "Ada"; Age = 36 }]
let names = people |> List.map (fun p -> p.‸)
