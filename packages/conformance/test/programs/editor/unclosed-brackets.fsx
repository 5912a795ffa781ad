// offers: Name; Age
type Person = { Name: string; Age: int }
let show (a: Person) (b: Person) =
    printfn "%s" (String.concat ", " [a.Name; b.‸
let after = 1
