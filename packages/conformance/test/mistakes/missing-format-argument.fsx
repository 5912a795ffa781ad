printfn "%d %d" 1
printfn "x"
