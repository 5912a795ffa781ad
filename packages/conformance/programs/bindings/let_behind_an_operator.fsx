let f a b =
    a &&
    let c = not b
    c
printfn "%b" (f true false)
let g x =
    let r =
        x |>
        let k = 3
        fun y -> y * k
    r + 1
printfn "%d" (g 2)
let rec countdown n = [ if n > 0 then yield n; yield! countdown (n - 1) ]
printfn "%A %A" (countdown 3) [ 10 .. -3 .. 1 ]
printfn "%A" [1.0 .. 0.5 .. 3.0]
let h x y = x && y || not x
printfn "%b" (h true false)
