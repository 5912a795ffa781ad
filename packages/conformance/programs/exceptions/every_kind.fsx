exception NotFound of string
exception Validation of field: string * code: int
let attempt f = try Ok (f ()) with | NotFound k -> Error $"missing {k}" | Validation (f, c) -> Error (sprintf "%s/%d" f c) | :? System.DivideByZeroException -> Error "div0" | Failure m -> Error m | e -> Error ("other " + e.Message)
printfn "%A" (attempt (fun () -> raise (NotFound "k")))
printfn "%A" (attempt (fun () -> raise (Validation ("age", 3))))
printfn "%A" (attempt (fun () -> 1 / 0))
printfn "%A" (attempt (fun () -> failwith "boom"))
printfn "%A" (attempt (fun () -> failwithf "%d-%s" 3 "x"))
printfn "%A" (attempt (fun () -> invalidArg "n" "bad n"))
printfn "%A" (attempt (fun () -> invalidOp "nope"))
printfn "%A" (attempt (fun () -> List.find (fun x -> x > 3) [1]))
printfn "%A" (attempt (fun () -> [1].[3]))
printfn "%A" (attempt (fun () -> "abc".[5] |> int))
printfn "%A" (attempt (fun () -> "abc".Substring(5) |> String.length))
printfn "%A" (attempt (fun () -> Option.get None))
printfn "%A" (attempt (fun () -> (None : int option).Value))
printfn "%A" (attempt (fun () -> Map.find 3 (Map.ofList [ (1, 2) ])))
printfn "%A" (attempt (fun () -> (Map.ofList [ (1, 2) ]).[3]))
printfn "%A" (attempt (fun () -> Seq.head Seq.empty))
printfn "%A" (attempt (fun () -> List.reduce (+) []))
printfn "%A" (attempt (fun () -> int "x12"))
printfn "%A" (attempt (fun () -> let x = Some 3 in match x with None -> 1))
let cleanup = ref 0
let r =
    try
        try
            cleanup.Value <- 1
            failwith "inner"
        finally
            cleanup.Value <- cleanup.Value + 10
    with Failure m -> m.Length
printfn "%d %d" r cleanup.Value
let nested =
    try
        try failwith "a" with Failure "b" -> "caught b"
    with
    | Failure m -> "outer " + m
printfn "%s" nested
let rethrow () =
    try failwith "first"
    with e ->
        printfn "saw %s" e.Message
        reraise ()
try rethrow () with e -> printfn "again %s" e.Message
try raise (NotFound "zz") with e -> printfn "%A | %s | %O" e e.Message e
try failwith "plain" with e -> printfn "%s" e.Message
let safeDiv a b = if b = 0 then None else Some (a / b)
let v = safeDiv 1 0 |> Option.defaultWith (fun () -> -1)
printfn "%d" v
