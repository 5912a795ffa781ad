let r = ref 5
incr r
printfn "%d" r.Value
decr r
decr r
printfn "%d" !r
try raise (Exception "x") with e -> printfn "%s" e.Message
try raise (System.Exception("y")) with :? System.Exception as e -> printfn "%s" e.Message
try failwith "z" with Failure msg -> printfn "F %s" msg
try invalidArg "n" "bad" with :? System.ArgumentException as e -> printfn "%s" e.Message
try nullArg "n" with e -> printfn "%s" e.Message
try invalidOp "op" with :? System.InvalidOperationException as e -> printfn "%s" e.Message
try Map.find 1 Map.empty |> printfn "%d" with :? System.Collections.Generic.KeyNotFoundException -> printfn "knf"
try raise (KeyNotFoundException "k") with :? KeyNotFoundException as e -> printfn "%s" e.Message
try raise (ArgumentException "bad") with :? ArgumentException as e -> printfn "%s" e.Message
try raise (System.InvalidOperationException "iop") with e -> printfn "%s" e.Message
try raise (System.NotImplementedException()) with e -> printfn "ni"
let f () : int = raise (System.NotImplementedException "todo")
try f () |> ignore with e -> printfn "%s" e.Message
try failwithf "n=%d" 4 with e -> printfn "%s" e.Message
try [1].[3] |> ignore with e -> printfn "idx"
try 1 / 0 |> ignore with :? System.DivideByZeroException -> printfn "dz"
try int "abc" |> ignore with :? System.FormatException -> printfn "fmt"
open System
let show (e: Exception) = e.Message
let f x = if x < 0 then raise (ArgumentException("negative")) else x
try f -1 |> ignore with :? ArgumentException as e -> printfn "%s" (show e)
let guard (ex: exn) = match ex with :? FormatException -> "format" | :? InvalidOperationException | :? NotSupportedException -> "op" | Failure m -> m | e -> "other: " + e.Message
printfn "%s" (guard (FormatException "x"))
printfn "%s" (guard (InvalidOperationException "x"))
printfn "%s" (guard (System.NotSupportedException()))
printfn "%s" (guard (Failure "ff"))
printfn "%s" (guard (exn "q"))
