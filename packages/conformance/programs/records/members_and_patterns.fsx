type Person = { Name: string; Age: int; mutable Score: float }
    with
    member p.Greeting = "Hi " + p.Name
    member p.Older n = { p with Age = p.Age + n }
    static member Create(name, age) = { Name = name; Age = age; Score = 0.0 }
let p = Person.Create("Bob", 30)
printfn "%s %d" p.Greeting (p.Older 5).Age
p.Score <- 2.5
printfn "%f" p.Score
let q = { p with Name = "Al"; Age = 1 }
printfn "%A" q
printfn "%b" (p = { p with Age = 30 })
printfn "%b" (p < q)
let { Name = nm; Age = ag } = q
printfn "%s %d" nm ag
let f { Name = n } = n
printfn "%s" (f p)
printfn "%s" (string q)
printfn "%O" q
type Pt = { X: int; Y: int } with static member Zero = { X = 0; Y = 0 }
printfn "%A" Pt.Zero
let addx (p: Pt) = p.X + p.Y
printfn "%d" (addx { X = 3; Y = 4 })
match { X = 0; Y = 5 } with
| { X = 0; Y = y } -> printfn "on axis %d" y
| { X = x } -> printfn "x %d" x
