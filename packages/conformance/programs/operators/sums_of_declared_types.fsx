type V = { X: float; Y: float } with
    static member Zero = { X = 0.0; Y = 0.0 }
    static member (+) (a: V, b: V) = { X = a.X + b.X; Y = a.Y + b.Y }
    static member (-) (a: V, b: V) = { X = a.X - b.X; Y = a.Y - b.Y }
    static member (*) (a: V, k: float) = { X = a.X * k; Y = a.Y * k }
    static member (~-) (a: V) = { X = -a.X; Y = -a.Y }
    static member DivideByInt (a: V, n: int) = { X = a.X / float n; Y = a.Y / float n }
let vs = [ { X = 1.0; Y = 2.0 }; { X = 3.0; Y = 4.0 } ]
printfn "%A" (List.sum vs)
printfn "%A" (vs |> List.sumBy (fun v -> v * 2.0))
printfn "%A" (Seq.sum vs)
printfn "%A" (Array.sum (Array.ofList vs))
let inline add a b = a + b
printfn "%A" (add 1 2)
printfn "%A" (add 1.5 2.0)
printfn "%s" (add "a" "b")
printfn "%A" (add vs.[0] vs.[1])
let inline square x = x * x
printfn "%d %f" (square 3) (square 1.5)
let total xs = List.sum xs
printfn "%A %d %f" (total vs) (total [1;2]) (total [1.5])
printfn "%A" (vs |> List.sumBy id)
printfn "%A" (List.map List.sum [vs; []])
type N = N of int with static member (+) (N a, N b) = N (a + b)
