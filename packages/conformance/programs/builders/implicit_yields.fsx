type W() =
    member _.Yield(x: int) = [ x ]
    member _.Combine(a, b) = a @ b
    member _.Delay(f) = f ()
    member _.Zero() = []
    member _.For(xs: int list, f) = List.collect f xs
    member _.Run(xs) = xs |> List.map (fun x -> x * 10)
let w = W()
let r = w {
    1
    2
    for i in [ 3; 4 ] do
        i
        i + 100
    }
printfn "%s" (r |> List.map string |> String.concat " ")
let r2 = w {
    yield 5
    for i in [ 1 ] do yield i }
printfn "%s" (r2 |> List.map string |> String.concat " ")
