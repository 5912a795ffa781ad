let x, y = 1, 2 in printfn "%d" (x + y)
let f x = let y = x * 2 in y + 1
printfn "%d" (f 3)
