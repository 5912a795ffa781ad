type Address = { Street: string; Zip: int }
type Person = { Name: string; Address: Address; Age: int }
type Company = { Boss: Person; Size: int }
let p = { Name = "a"; Address = { Street = "s"; Zip = 1 }; Age = 3 }
let c = { Boss = p; Size = 1 }
printfn "%A" { p with Address.Zip = 4; Address.Street = "x" }
printfn "%A" { c with Boss.Address.Zip = 9; Boss.Age = 4; Size = 2 }
let move zip person = { person with Person.Address.Zip = zip; Age = 5 }
printfn "%A" (move 3 p)
let f c = { c with Boss.Name = "z" }
printfn "%s" (f c).Boss.Name
let a = {| X = {| Y = 1; Z = 2 |}; W = 3 |}
printfn "%A" {| a with X.Y = 5 |}
let getC () = printfn "once"; c
printfn "%d" { getC () with Boss.Age = 77; Boss.Name = "r" }.Boss.Age
