// offers: Name : string; Age : int
// never: person, List
type Person = { Name: string; Age: int }
let person = { Name = "Ada"; Age = 36 }
let describe () =
    let line = person.‸
    printfn "%s" person.Name
