// computation expressions of many kinds
type MaybeBuilder() =
    member _.Bind(x, f) = Option.bind f x
    member _.Return x = Some x
    member _.ReturnFrom (x: 'a option) = x
    member _.Zero () = Some ()
    member _.Combine (a, b) = match a with Some () -> b () | None -> None
    member _.Delay f = f
    member _.Run f = f ()
    member this.While (guard, body) =
        if guard () then this.Bind(body (), fun () -> this.While(guard, body)) else this.Zero()
    member this.For (xs: seq<_>, body) =
        xs |> Seq.fold (fun acc x -> match acc with Some () -> body x | None -> None) (Some ())
    member _.TryWith (body, handler) = try body () with e -> handler e
    member _.TryFinally (body, compensation) = try body () finally compensation ()
let maybe = MaybeBuilder()

let r1 = maybe {
    let! a = Some 1
    let! b = Some 2
    return a + b }
let r2 = maybe {
    let! a = Some 1
    let! b = None
    return a + b }
printfn "%A %A" r1 r2
let r3 = maybe {
    let mutable i = 0
    while i < 3 do
        i <- i + 1
        do! (if i > 5 then None else Some ())
    return i }
printfn "%A" r3
let r4 = maybe {
    for x in [1; 2; 3] do
        if x > 2 then do! None
        printfn "visited %d" x
    return "end" }
printfn "%A" r4
let r5 = maybe {
    try
        failwith "x"
        return 1
    with _ -> return 99 }
printfn "%A" r5
let r6 = maybe {
    try
        return! Some 5
    finally
        printfn "finally" }
printfn "%A" r6
let r7 x = maybe {
    match x with
    | 0 -> return "zero"
    | n when n > 0 ->
        let! v = Some n
        return sprintf "pos %d" v
    | _ -> return! None }
printfn "%A %A %A" (r7 0) (r7 5) (r7 -1)
let r8 c = maybe {
    if c then
        printfn "taken"
    return 1 }
printfn "%A %A" (r8 true) (r8 false)

type State<'s, 'a> = State of ('s -> 'a * 's)
let runState (State f) s = f s
type StateBuilder() =
    member _.Return x = State (fun s -> x, s)
    member _.Bind (m, f) = State (fun s -> let a, s' = runState m s in runState (f a) s')
    member _.ReturnFrom (m: State<_, _>) = m
    member _.Zero () = State (fun s -> (), s)
    member this.Combine (a, b) = this.Bind(a, fun () -> b)
    member _.Delay f = f ()
let state = StateBuilder()
let get = State (fun s -> s, s)
let put s = State (fun _ -> (), s)
let modify f = State (fun s -> (), f s)
let fresh = state {
    let! n = get
    do! put (n + 1)
    return sprintf "v%d" n }
let three = state {
    let! a = fresh
    let! b = fresh
    let! c = fresh
    return [a; b; c] }
printfn "%A" (runState three 10)
let rec mapM f xs = state {
    match xs with
    | [] -> return []
    | x :: rest ->
        let! y = f x
        let! ys = mapM f rest
        return y :: ys }
printfn "%A" (runState (mapM (fun x -> state { let! n = get
                                               do! put (n + x)
                                               return n * x }) [1; 2; 3]) 1)

type ListBuilder() =
    member _.Bind (m, f) = List.collect f m
    member _.Return x = [x]
    member _.ReturnFrom x = x
    member _.Yield x = [x]
    member _.YieldFrom x = x
    member _.For (m, f) = List.collect f m
    member _.Zero () = []
    member _.Combine (a, b) = a @ b
    member _.Delay f = f ()
let lst = ListBuilder()
printfn "%A" (lst { let! x = [1; 2; 3]
                    let! y = ["a"; "b"]
                    return (x, y) })
printfn "%A" (lst { for x in 1 .. 4 do
                        if x % 2 = 0 then yield x
                    yield! [100; 200] })
printfn "%A" (lst { 1
                    2
                    3 })

type WriterBuilder() =
    member _.Bind ((v, log1), f) = let (v2, log2) = f v in (v2, log1 @ log2)
    member _.Return v = (v, [])
let writer = WriterBuilder()
let tell s = ((), [s])
let w = writer {
    let! x = (3, ["got 3"])
    do! tell "adding"
    let! y = (4, ["got 4"])
    return x + y }
printfn "%A" w

type ResultBuilder() =
    member _.Bind (m, f) = Result.bind f m
    member _.Return x = Ok x
let res = ResultBuilder()
let parse (s: string) = if s <> "" && Seq.forall System.Char.IsDigit s then Ok (int s) else Error (sprintf "bad '%s'" s)
let addAll a b = res {
    let! x = parse a
    let! y = parse b
    return x + y }
printfn "%A %A" (addAll "1" "2") (addAll "1" "x")
let a1 = async {
    let! x = async { return 1 }
    let! y = async { return 2 }
    return x + y }
printfn "%d" (Async.RunSynchronously a1)
let many = [ for i in 1 .. 3 -> async { return i * i } ] |> Async.Parallel |> Async.RunSynchronously
printfn "%A" many
let failing = async { failwith "oops" }
let caught = async {
    try
        do! failing
        return "fine"
    with e -> return e.Message }
printfn "%s" (Async.RunSynchronously caught)
let rec countdown n = async {
    if n = 0 then return "liftoff"
    else
        do! Async.Sleep 0
        return! countdown (n - 1) }
printfn "%s" (countdown 3 |> Async.RunSynchronously)
let loop = async {
    let mutable total = 0
    for i in 1 .. 4 do
        let! v = async { return i }
        total <- total + v
    return total }
printfn "%d" (Async.RunSynchronously loop)
let s = seq {
    yield 1
    yield! [2; 3]
    for i in 4 .. 5 do
        yield i
    let mutable k = 6
    while k < 8 do
        yield k
        k <- k + 1
    if false then yield 99
    match 1 with
    | 1 -> yield 8
    | _ -> () }
printfn "%A" (Seq.toList s)
let rec tree n = seq {
    if n > 0 then
        yield! tree (n - 1)
        yield n
        yield! tree (n - 1) }
printfn "%A" (tree 3 |> Seq.toList)
let primes = seq {
    let rec isPrime n d = d * d > n || (n % d <> 0 && isPrime n (d + 1))
    for n in Seq.initInfinite (fun i -> i + 2) do
        if isPrime n 2 then yield n }
printfn "%A" (primes |> Seq.take 8 |> Seq.toList)
