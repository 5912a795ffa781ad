type Money = { Cents: int } with
    static member Zero = { Cents = 0 }
    static member (+) (a: Money, b: Money) = { Cents = a.Cents + b.Cents }
    static member DivideByInt (a: Money, n: int) = { Cents = a.Cents / n }
    static member (*) (a: Money, k: float) = { Cents = int (float a.Cents * k) }
let ms = [ { Cents = 100 }; { Cents = 300 } ]
printfn "%A" (List.sum ms)
printfn "%A" (List.average ms)
printfn "%A" (List.averageBy (fun m -> m) ms)
printfn "%A" (List.averageBy id ms)
printfn "%A" (ms |> List.averageBy (fun m -> m * 2.0))
printfn "%A" (List.sumBy (fun m -> m * 2.0) ms)
printfn "%A" (List.sumBy (fun (m: Money) -> m * 2.0) ms)
printfn "%A" (Seq.average ms)
printfn "%A" (Array.average (List.toArray ms))
printfn "%A" (Array.sumBy (fun m -> m * 0.5) (Array.ofList ms))
type V = { X: float; Y: float } with
    static member (+) (a, b) = { X = a.X + b.X; Y = a.Y + b.Y }
    static member (*) (k: float, v: V) = { X = k * v.X; Y = k * v.Y }
    static member (*) (v: V, k: float) = { X = k * v.X; Y = k * v.Y }
    static member Zero = { X = 0.0; Y = 0.0 }
    static member DivideByInt (v: V, n: int) = { X = v.X / float n; Y = v.Y / float n }
let vs = [ { X = 1.0; Y = 2.0 }; { X = 3.0; Y = 4.0 } ]
printfn "%A" (List.sumBy (fun v -> v * 2.0) vs)
printfn "%A" (List.sumBy (fun v -> 2.0 * v) vs)
printfn "%A" (List.average vs)
