let order = ref ""
let t s v = order.Value <- order.Value + s; v
let add a b c = a + b + c
let _ = add (t "a" 1) (t "b" 2) (t "c" 3)
let _ = t "d" 1 + t "e" 2 * t "f" 3
let _ = (t "g" 1, t "h" 2)
let _ = [ t "i" 1; t "j" 2 ]
let _ = t "k" false && t "l" true
let _ = t "m" true || t "n" false
let _ = t "o" 5 |> (t "p" (fun x -> x))
printfn "%s" order.Value
