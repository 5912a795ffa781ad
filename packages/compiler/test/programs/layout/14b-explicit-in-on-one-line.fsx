let f () =
    let n = 1 in printfn "%d" n
    printfn "done"
