try
    failwith "a"
with
| Failure "b" -> printfn "b"
