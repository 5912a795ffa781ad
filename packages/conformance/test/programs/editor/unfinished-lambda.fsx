// offers: Name; Age
type Person = { Name: string; Age: int }
let people = [ { Name = "Ada"; Age = 36 } ]
let names () =
    people
    |> List.map (fun person -> person.‸
let after = 3
