let rec grow n = 1 + grow (n + 1)
printfn "%d" (grow 0)
