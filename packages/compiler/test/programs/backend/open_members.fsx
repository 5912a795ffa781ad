type P =
    { A: int; B: int }
    member p.Sum = p.A + p.B
    member p.Add(x, y) = p.A + x + y
type Q<'a>(first: 'a) =
    member _.Sum = first
    member _.Add x = 100
let sum x = x.Sum
let add x = x.Add(1, 2) + 1
let length x = x.Length + 1
printfn "%d %d %s" (sum { A = 1; B = 2 }) (sum {| Sum = 5 |}) (sum (Q "q"))
printfn "%d" (add { A = 1; B = 2 })
printfn "%d %d" (length "abc") (length {| Length = 7 |})
type C(start: int) =
    let mutable n = start
    let bump () = n <- n + 1
    member _.Next() =
        bump ()
        n
let c = C(3)
printfn "%d %d" (c.Next()) (c.Next())
let (|Doubled|) n = n * 2
let half (Doubled d) = d
printfn "%d" (half 4)
