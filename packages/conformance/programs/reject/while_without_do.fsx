while true
    printfn "x"
