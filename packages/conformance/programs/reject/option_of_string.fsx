let g x = match x with Some y -> y | None -> "none"
printfn "%d" (g (Some 3))
