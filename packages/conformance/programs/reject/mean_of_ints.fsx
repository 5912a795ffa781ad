let ages = [ 30; 41 ]
printfn "%f" (List.average ages)
