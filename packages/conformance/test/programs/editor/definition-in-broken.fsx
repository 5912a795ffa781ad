// defined at 2:5
let total = 1
let broken = [1; 2
printfn "%d" ‸total
