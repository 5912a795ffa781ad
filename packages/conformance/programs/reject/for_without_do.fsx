for i in 1 .. 3
    printfn "%d" i
