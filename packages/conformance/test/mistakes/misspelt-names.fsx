let x = List.mpa (fun x -> x) [1]
let y = Lst.map id [1]
let z = lenght [1]
