let f x =
    printfn "%d" x
     x + 1
