let f (a, b) = a + b
printfn "%d" (f (1, 2, 3))
