// type: int list at 3:14
let xs = [1; 2]
printfn "%A" ‸xs
