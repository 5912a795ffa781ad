let a, b = 1, 2
let (c, d) as pair = (3, 4)
let x :: _ = [9; 8]
let [p; q] = [5; 6]
let f (x, y) z = x + y + z
let g ((a, b), [c]) = a + b + c
let h {| N = n |} = n
let _, third = (fun (a, b, c) -> a, c) (1, 2, 3)
printfn "%d %d %d %d %A %d %d %d" a b c d pair x p q
printfn "%d %d %d" (f (1, 2) 3) (g ((1, 2), [3])) third
let mutable m = 10
m <- m + 1
let incr' () = m <- m * 2
incr' ()
printfn "%d" m
let rec even n = n = 0 || odd (n - 1)
and odd n = n <> 0 && even (n - 1)
printfn "%b %b" (even 10) (odd 7)
let v =
    let inner =
        let deep = 3
        deep * deep
    inner + 1
printfn "%d" v
let ``odd name`` = 5
printfn "%d" ``odd name``
let x' = 1
let x'' = x' + 1
printfn "%d" x''
let fact = 
  let rec go acc = function
    | 0 -> acc
    | n -> go (acc * n) (n - 1)
  go 1
printfn "%d" (fact 10)
