let xs = [1..10]
let ys = xs.map(fun x -> x + 1)
let zs = xs.filter (fun x -> x > 1)
