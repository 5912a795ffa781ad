async {
    for x in xs do
        printfn "%d" x
        do! Async.Sleep 1
    while true do
        let! y = g
        ()
    try
        return! z
    with e ->
        return 1
}
async { let x = 1 }
option {
    let! a = first
    if a then return b
    else
        let! c = second
        match! d with
        | 1 -> return c
        | _ -> return! e
}
