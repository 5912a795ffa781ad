let f = function
    | 1 -> "one"
    | 2 -> "two"
printfn "%s" (f 1)
printfn "%s" (f 3)
