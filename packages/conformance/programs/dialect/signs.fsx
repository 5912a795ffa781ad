let v = 10
let w = v -1
printfn "%d" w
let f x = x * 2
printfn "%d" (f -1)
printfn "%d" (v - 1)
printfn "%d" (v-1)
printfn "%A" [1 -1]
printfn "%A" [ 1; -1 ]
printfn "%d" -v
printfn "%d" (-v + 3)
printfn "%d" (2 * -v)
printfn "%A" (abs -3, -3 |> abs)
let g a b = a - b
printfn "%d" (g 5 -3)
printfn "%d" (~~~5)
printfn "%d" (- 5)
printfn "%d" (1 - -1)
printfn "%.1f" (-1.5 + 1.0)
printfn "%d" (+5)
