let first = [ 1..2..5 ]
let step = List.length first - 3
let second = [ 1..step..5 ]
printfn "%A" second
