let f () =
    let x = 1
let g () =
    x = 1
    2
while true do
    a.b = 3
let h x =
    type T = int
    open System
    x
let i =
let j = 1
let k x =
    let y =
            1
        y
    y
let l = if a then b else
let m = 1
