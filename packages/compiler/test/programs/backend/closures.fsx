// Captures through several functions, shared mutable variables, recursion with captures.
let counter start =
    let mutable n = start
    let next () =
        n <- n + 1
        n
    let reset () = n <- start
    next, reset

let next, reset = counter 10
printfn "%d %d" (next ()) (next ())
reset ()
printfn "%d" (next ())

let sumTo limit step =
    let rec go i acc = if i > limit then acc else go (i + step) (acc + i)
    go 0 0
printfn "%d" (sumTo 100 5)

// escapes, so that it becomes a closure that knows itself
let countdown from =
    let rec go n = if n = 0 then [ from ] else n :: go (n - 1)
    List.map go [ 1; 2; 3 ]
printfn "%A" (countdown 9)

// two that escape and need each other
let parity offset =
    let rec even n = if n = offset then true else odd (n - 1)
    and odd n = if n = offset then false else even (n - 1)
    [ even; odd ]
printfn "%A" (parity 2 |> List.map (fun f -> f 7))

// lifted functions that call each other and share a cell
let trace limit =
    let mutable log = []
    let rec a n =
        log <- n :: log
        if n < limit then b (n + 1)
    and b n = if n < limit then a (n * 2)
    a 1
    List.rev log
printfn "%A" (trace 40)

// a fresh variable in every round
let makers = [ for i in 1 .. 3 -> fun x -> x * i ]
printfn "%A" (makers |> List.map (fun f -> f 10))

let cells =
    let mutable made = []
    for i = 1 to 3 do
        let mutable here = i
        made <- (fun () -> here <- here + 100; here) :: made
    made
printfn "%A" (cells |> List.map (fun f -> f () + f ()))

let level1 a =
    let level2 b =
        let level3 c =
            let level4 d = a + b * 10 + c * 100 + d * 1000
            level4
        level3
    level2
printfn "%d" (level1 1 2 3 4)

let apply f x = f x
let twice f = f >> f
printfn "%d" (apply (twice (fun x -> x * 3)) 2)
printfn "%d" ((fun a b -> a - b) 10 3)
let sub = fun a -> fun b -> a - b
printfn "%d" (sub 10 4)

let rec ackermann m n =
    match m, n with
    | 0, _ -> n + 1
    | _, 0 -> ackermann (m - 1) 1
    | _ -> ackermann (m - 1) (ackermann m (n - 1))
printfn "%d" (ackermann 2 3)
