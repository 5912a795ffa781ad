type R = { X: int }
let r = { X = 1 }
printfn "%d" r.Y
