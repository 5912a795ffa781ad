type P = { X: int }
let p = { X = 1 }
p.X <- 3
