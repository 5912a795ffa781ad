let f x =
    let y = x +
    let z = y * 2
    z **
let a = 5 6 let
let b = in 3
let c = (1,)
let d = 1 let e = 2
1 + 2 <- 3
a ? b
let g = (a : int, b : int)
for x in do 1
while do 1
for = 1 to 2 do 3
try 1
let h = fun x
let last = 1 +
