// exceptions, disposables, lazies, refs
exception Insufficient of needed: int * available: int
exception Simple
exception Named of string

let withdraw balance amount =
    if amount < 0 then invalidArg "amount" "must not be negative"
    elif amount > balance then raise (Insufficient (amount, balance))
    else balance - amount

let attempt f =
    try
        Ok (f ())
    with
    | Insufficient (n, a) when n > 1000 -> Error (sprintf "way too much: %d of %d" n a)
    | Insufficient (needed, available) -> Error (sprintf "need %d, have %d" needed available)
    | Failure msg -> Error ("failure: " + msg)
    | :? System.ArgumentException as e -> Error ("argument: " + e.Message)
    | :? System.DivideByZeroException -> Error "division"
    | Simple -> Error "simple"
    | Named n -> Error ("named " + n)

printfn "%A" (attempt (fun () -> withdraw 100 30))
printfn "%A" (attempt (fun () -> withdraw 100 300))
printfn "%A" (attempt (fun () -> withdraw 100 3000))
printfn "%A" (attempt (fun () -> withdraw 100 -1))
printfn "%A" (attempt (fun () -> failwith "boom"))
printfn "%A" (attempt (fun () -> failwithf "%d-%s" 1 "x"))
printfn "%A" (attempt (fun () -> 1 / (if true then 0 else 1)))
printfn "%A" (attempt (fun () -> raise Simple))
printfn "%A" (attempt (fun () -> raise (Named "N")))

let log = ref []
let note s = log.Value <- s :: log.Value

let nested () =
    try
        try
            note "body"
            failwith "inner"
        finally
            note "cleanup"
    with Failure m ->
        note ("caught " + m)
        -1

printfn "%d" (nested ())
printfn "%A" (List.rev log.Value)

let rethrow () =
    try
        try failwith "original"
        with e ->
            note "rethrowing"
            reraise ()
    with e -> e.Message
printfn "%s" (rethrow ())

let wrap () =
    try
        try failwith "first"
        with Failure m -> failwith (m + " second")
    with Failure m -> m
printfn "%s" (wrap ())

let found = try Map.find "k" Map.empty with :? System.Collections.Generic.KeyNotFoundException -> "missing"
printfn "%s" found
let idx = try [|1|].[5] with :? System.IndexOutOfRangeException -> -1
printfn "%d" idx
let headless = try List.head ([]: int list) with :? System.ArgumentException -> 0
printfn "%d" headless
let parsed = try int "abc" with :? System.FormatException -> -99
printfn "%d" parsed
let matched =
    try
        match 5 with
        | 1 when true -> "one"
    with
    | :? MatchFailureException -> "no match"
printfn "%s" matched

let r = ref 10
r := !r + 5
printfn "%d %d" !r r.Value
let counter =
    let n = ref 0
    fun () ->
        n.Value <- n.Value + 1
        n.Value
printfn "%d %d %d" (counter ()) (counter ()) (counter ())

let lz = lazy (printfn "computing"; 42)
printfn "before"
printfn "%d" (lz.Force())
printfn "%d" lz.Value

let fns = [ for i in 1 .. 3 -> fun x -> x * i ]
printfn "%A" (fns |> List.map (fun f -> f 10))

let safeDiv a b = if b = 0 then None else Some (a / b)
let chain = safeDiv 100 5 |> Option.bind (safeDiv 40) |> Option.map ((+) 1)
printfn "%A" chain
printfn "%A" (Option.defaultValue 0 None, Option.orElse (Some 1) None, Option.filter (fun x -> x > 3) (Some 2))
printfn "%A" (Some 3 |> Option.toList, Option.count (Some 1), Option.isNone None)
printfn "%A" (Ok 3 |> Result.map ((*) 2) |> Result.bind (fun x -> if x > 5 then Error "big" else Ok x))
printfn "%A" (Error "e" |> Result.mapError String.length : Result<int, int>)
let validate n =
    if n < 0 then Error [ "negative" ]
    elif n > 10 then Error [ "large"; string n ]
    else Ok n
for n in [ -1; 5; 11 ] do
    match validate n with
    | Ok v -> printfn "ok %d" v
    | Error es -> printfn "errors: %s" (String.concat ", " es)
