let f x =
    let y = x + 1
printfn "%d" (f 3)
