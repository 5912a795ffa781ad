// computation expressions
type MaybeBuilder() =
    member _.Bind(m, f) = Option.bind f m
    member _.Return x = Some x
    member _.ReturnFrom (m: 'a option) = m
    member _.Zero () = Some ()
    member _.Combine (a: unit option, b: unit -> 'b option) = match a with Some () -> b () | None -> None
    member _.Delay (f: unit -> 'a) = f
    member _.Run (f: unit -> 'a) = f ()
let maybe = MaybeBuilder()
let divide a b = if b = 0 then None else Some (a / b)
let calc a b c =
    maybe {
        let! x = divide a b
        let! y = divide x c
        if y > 100 then return! None
        return y + 1
    }
printfn "%A %A %A" (calc 100 5 2) (calc 1 0 2) (calc 10000 1 1)

type State<'s, 'a> = State of ('s -> 'a * 's)
module State =
    let run (State f) s = f s
    let get = State (fun s -> s, s)
    let put s = State (fun _ -> (), s)
type StateBuilder() =
    member _.Return x = State (fun s -> x, s)
    member _.ReturnFrom (m: State<'s, 'a>) = m
    member _.Bind (m, f) = State (fun s -> let (a, s') = State.run m s in State.run (f a) s')
    member _.Zero () = State (fun s -> (), s)
    member _.Combine (a, b) = State (fun s -> let ((), s') = State.run a s in State.run b s')
    member _.Delay f = State (fun s -> State.run (f ()) s)
    member this.For (xs: seq<'a>, f: 'a -> State<'s, unit>) =
        State (fun s ->
            let mutable st = s
            for x in xs do
                let (), s' = State.run (f x) st
                st <- s'
            (), st)
let state = StateBuilder()
let fresh =
    state {
        let! n = State.get
        do! State.put (n + 1)
        return sprintf "v%d" n
    }
let three =
    state {
        let! a = fresh
        let! b = fresh
        let! c = fresh
        return [ a; b; c ]
    }
printfn "%A" (State.run three 7)
let summing =
    state {
        for i in 1 .. 10 do
            let! s = State.get
            do! State.put (s + i)
    }
printfn "%d" (State.run summing 0 |> snd)

type LoggerBuilder() =
    member _.Bind ((x, log1), f) =
        let y, log2 = f x
        y, log1 @ log2
    member _.Return x = x, []
let logger = LoggerBuilder()
let tell msg x = x, [ msg ]
let result, log =
    logger {
        let! a = tell "got 3" 3
        let! b = tell "got 4" 4
        return a * b
    }
printfn "%d %A" result log

type ResultBuilder() =
    member _.Bind (x, f) = Result.bind f x
    member _.Return x = Ok x
    member _.ReturnFrom x = x
let res = ResultBuilder()
type ValidationError = Empty of string | TooLong of string * int | NotANumber of string
let nonEmpty name s = if s = "" then Error (Empty name) else Ok s
let maxLen n name (s: string) = if s.Length > n then Error (TooLong (name, s.Length)) else Ok s
let number name (s: string) =
    if s <> "" && s |> Seq.forall System.Char.IsDigit then Ok (int s) else Error (NotANumber name)
let validate name age =
    res {
        let! n = nonEmpty "name" name
        let! n = maxLen 10 "name" n
        let! a = number "age" age
        return (n, a)
    }
for n, a in [ "Bob", "42"; "", "1"; "Maximilian the Great", "3"; "Al", "x1" ] do
    match validate n a with
    | Ok (n, a) -> printfn "ok %s %d" n a
    | Error (Empty f) -> printfn "%s is empty" f
    | Error (TooLong (f, len)) -> printfn "%s too long: %d" f len
    | Error e -> printfn "other: %A" e
let squares = seq { for i in 1 .. 3 do for j in 1 .. 3 do if i <> j then yield i * j }
printfn "%A" (Seq.toList squares)
let fibs = Seq.unfold (fun (a, b) -> Some (a, (b, a + b))) (0, 1)
printfn "%A" (fibs |> Seq.take 12 |> List.ofSeq)
