let f x =
    x
and g y = y
printfn "a"
