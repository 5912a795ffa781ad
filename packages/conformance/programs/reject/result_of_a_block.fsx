let f (x: int) : string =
    let y = x + 1
    y
printfn "%s" (f 1)
