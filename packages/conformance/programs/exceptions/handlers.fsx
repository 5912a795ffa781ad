exception NotFound of key: string
exception Conflict of int * string
exception Plain
type Err = Fatal of string | Minor of int
let attempt name f =
    try
        let r = f ()
        printfn "%s -> %A" name r
    with
    | NotFound key -> printfn "%s -> missing %s" name key
    | Conflict(code, text) when code > 10 -> printfn "%s -> big conflict %s" name text
    | Conflict(code, _) -> printfn "%s -> conflict %d" name code
    | Plain -> printfn "%s -> plain" name
    | Failure msg -> printfn "%s -> failure %s" name msg
    | :? System.DivideByZeroException -> printfn "%s -> div" name
    | :? System.ArgumentException as e -> printfn "%s -> arg %s" name e.Message
    | e -> printfn "%s -> other" name
attempt "ok" (fun () -> 1)
attempt "nf" (fun () -> raise (NotFound "k"))
attempt "c1" (fun () -> raise (Conflict(5, "x")))
attempt "c2" (fun () -> raise (Conflict(50, "y")))
attempt "plain" (fun () -> raise Plain)
attempt "fail" (fun () -> failwith "bad")
attempt "failf" (fun () -> failwithf "bad %d %s" 1 "two")
attempt "div" (fun () -> 1 / (1 - 1))
attempt "arg" (fun () -> invalidArg "x" "wrong")
attempt "key" (fun () -> Map.find "z" (Map.ofList [ "a", 1 ]))
attempt "index" (fun () -> [| 1 |].[3])
attempt "head" (fun () -> List.head ([]: int list))
let cleanup () =
    let log = ref []
    let note s = log.Value <- s :: log.Value
    let r =
        try
            try
                note "body"
                failwith "x"
            finally
                note "finally"
        with Failure m ->
            note ("caught " + m)
            99
    r, List.rev log.Value
printfn "%A" (cleanup ())
let rec depth n = if n = 0 then raise (NotFound "deep") else 1 + depth (n - 1)
attempt "deep" (fun () -> depth 100)
let safe f x = try Ok(f x) with e -> Error e.Message
printfn "%A" (List.map (safe (fun x -> if x = 0 then failwith "zero" else 10 / x)) [ 1; 0; 5 ])
let result =
    try
        try failwith "inner"
        with Failure m -> raise (Conflict(1, m))
    with Conflict(n, m) -> sprintf "%d %s" n m
printfn "%s" result
let reraised =
    try
        try failwith "again"
        with e -> reraise ()
    with Failure m -> m
printfn "%s" reraised
let using' (name: string) body =
    printfn "open %s" name
    try body name
    finally printfn "close %s" name
printfn "%d" (using' "file" (fun n -> n.Length))
let v = try int "12x" with _ -> -1
printfn "%d" v
let nested = match (try Some(Option.get None) with _ -> None) with Some(x: int) -> x | None -> 0
printfn "%d" nested
printfn "%b" (NotFound "a" = NotFound "a")
match NotFound "q" with
| NotFound k -> printfn "%s" k
| _ -> ()
try raise (Conflict(3, "z")) with Conflict _ as e -> printfn "%A" e
assert (1 + 1 = 2)
try
    let xs: int list = []
    xs |> List.reduce (+) |> ignore
with :? System.ArgumentException -> printfn "empty reduce"
