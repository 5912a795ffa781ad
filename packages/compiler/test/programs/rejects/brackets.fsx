let a = f (1 + 2
let b = [1; 2
let c = { A = 1
let d = a ]]
let e = (a [b)
let f = begin 1
let g = 2
