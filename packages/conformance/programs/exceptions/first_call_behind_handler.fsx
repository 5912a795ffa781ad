// Behind a handler a function runs for the first time.
exception Stop

let shown v =
    printf "<%s>" (string v)
    v

let result =
    try raise Stop
    with _ ->
        match shown [||] with
        | [||] -> 1
        | _ -> 2

printfn "%d" result
