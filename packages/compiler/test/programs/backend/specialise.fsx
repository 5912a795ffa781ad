// One definition, compiled for each type that it is used at.
let add x y = x + y
printfn "%d %g %s" (add 1 2) (add 1.5 2.0) (add "a" "b")
let rec power b n = if n = 0 then b else b * power b (n - 1)
printfn "%d %g" (power 2 3) (power 0.5 2)
let twice x = add x x
printfn "%d %s" (twice 4) (twice "xy")
let half x = x / (add x x) * x
printfn "%g %d" (half 3.0) (half 3)

let rec sumEven xs = match xs with [] -> None | x :: rest -> sumOdd x rest
and sumOdd acc xs =
    match xs with
    | [] -> Some acc
    | x :: rest ->
        match sumEven rest with
        | None -> Some (acc + x)
        | Some more -> Some (acc + x + more)
printfn "%A %A" (sumEven [ 1; 2; 3; 4 ]) (sumEven [ 0.5; 0.25 ])

let outer scale =
    let times x = x * x
    let both x = (times x, scale)
    (fst (both 3), snd (both 4))
printfn "%A" (outer "s")
let local a =
    let mul x y = x * y
    mul a 2, mul 1.5 2.0
printfn "%A" (local 21)

let show x = sprintf "%A" x
printfn "%s %s %s" (show 1) (show 1.0) (show [ "q" ])
let name r = r.name + "!"
type Dog = { name: string; age: int }
type Cat = { name: string; lives: int }
printfn "%s %s" (name { name = "rex"; age = 3 }) (name { name = "tom"; lives = 9 })
let pair = (fun x -> x + x), 1
printfn "%d" (fst pair 4)
let compareBoth a b = (a < b, a = b, max a b)
printfn "%A %A" (compareBoth 1 2) (compareBoth "b" "a")
