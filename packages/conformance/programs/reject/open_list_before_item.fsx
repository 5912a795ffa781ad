let xs = [1; 2
printfn "a"
