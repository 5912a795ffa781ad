type LogB() =
    member _.Bind((m, log1), f) = let (r, log2) = f m in (r, log1 @ log2)
    member _.Return x = (x, [])
let log = LogB()
let lg x msg = (x, [msg])
let comp = log {
    let! a = lg 3 "three"
    let! b = lg 4 "four"
    return a * b
}
printfn "%A" comp
let r = result {
    let! a = Ok 1
    let! b = Ok 2
    return a + b }
printfn "%A" r
let bad : Result<int, string> = result {
    let! a = Ok 1
    let! b = Error "no"
    return a + b }
printfn "%A" bad
let o = option {
    let! a = Some 1
    let! b = Some 2
    return a, b }
printfn "%A" o
type Delayed() =
    member _.Delay(f: unit -> 'a) = f
    member _.Run(f: unit -> 'a) = printfn "run"; f ()
    member _.Return x = x
    member _.Bind(x, f) = f x
    member _.TryWith(f, h) = try f () with e -> h e
    member _.TryFinally(f, c) = try f () finally c ()
    member _.Zero() = ()
    member _.Combine(_, f) = f ()
    member _.While(g, b) = while g () do b ()
    member _.For(xs: seq<'a>, f: 'a -> unit) = for x in xs do f x
let del = Delayed()
let v = del {
    try
        let! x = 3
        failwith "oops"
        return x
    with e -> return -1 }
printfn "%d" v
let w = del {
    let mutable i = 0
    while i < 3 do
        printfn "i=%d" i
        i <- i + 1
    for x in [1; 2] do
        printfn "x=%d" x
    return i }
printfn "%d" w
