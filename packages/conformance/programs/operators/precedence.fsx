let (|?) a b = a * 10 + b
let (^^) a b = a * 10 + b
let (&?) a b = a - b
let (=>) a b = a, b
let (<+>) a b = a * 2 + b
let (+~) a b = a - b
let (%%) a b = a * b
printfn "%d" (1 |? 2 |? 3)
printfn "%d" (1 ^^ 2 ^^ 3)
printfn "%d" (10 &? 2 &? 3)
printfn "%d" (1 <+> 2 <+> 3)
printfn "%d" (10 +~ 2 * 3)
printfn "%d" (2 %% 3 + 1)
let a, b = 1 + 1 => 2
printfn "%d %d" a b
printfn "%d" (1 |? 2 + 3)
printfn "%s" ("a" + "b" |> fun s -> s + "c")
printfn "%b" (1 < 2 = true)
printfn "%b" (not (1 > 2) && 3 >= 3 || false)
let x = 1 :: 2 :: [] @ [ 3 ]
printfn "%d" (List.length x)
