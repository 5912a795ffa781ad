let rec fib n = if n < 2 then n else fib (n - 1) + fib (n - 2)
printfn "%d" (fib 20)
let rec sumTo acc n = if n = 0 then acc else sumTo (acc + n) (n - 1)
printfn "%d" (sumTo 0 1000000)
let rec ack m n =
    match m, n with
    | 0, n -> n + 1
    | m, 0 -> ack (m - 1) 1
    | m, n -> ack (m - 1) (ack m (n - 1))
printfn "%d" (ack 2 3)
let rec hanoi n a b c = if n = 0 then 0 else hanoi (n - 1) a c b + 1 + hanoi (n - 1) c b a
printfn "%d" (hanoi 10 'a' 'b' 'c')
let rec perms = function
    | [] -> [ [] ]
    | xs -> xs |> List.collect (fun x -> perms (List.filter ((<>) x) xs) |> List.map (fun p -> x :: p))
printfn "%d %A" (List.length (perms [1; 2; 3; 4])) (List.head (perms [1; 2; 3]))
let rec quicksort = function
    | [] -> []
    | p :: xs ->
        let l, r = List.partition (fun x -> x < p) xs
        quicksort l @ [p] @ quicksort r
printfn "%A" (quicksort [3; 1; 4; 1; 5; 9; 2; 6])
let rec mergeSort xs =
    match xs with
    | [] | [_] -> xs
    | _ ->
        let rec merge a b =
            match a, b with
            | [], r | r, [] -> r
            | x :: xs, (y :: _ as r) when x <= y -> x :: merge xs r
            | l, y :: ys -> y :: merge l ys
        let a, b = List.splitAt (List.length xs / 2) xs
        merge (mergeSort a) (mergeSort b)
printfn "%A" (mergeSort [5; 2; 8; 1])
let rec gcd a b = if b = 0 then a else gcd b (a % b)
printfn "%d" (gcd 48 18)
let rec pow b = function 0 -> 1 | n when n % 2 = 0 -> pow (b * b) (n / 2) | n -> b * pow b (n - 1)
printfn "%d" (pow 2 62)
let collatz n =
    let rec go n acc = if n = 1 then List.rev (1 :: acc) elif n % 2 = 0 then go (n / 2) (n :: acc) else go (3 * n + 1) (n :: acc)
    go n []
printfn "%A" (collatz 6)
let rec isEven n = n = 0 || isOdd (n - 1)
and isOdd n = n <> 0 && isEven (n - 1)
printfn "%b" (isEven 100001)
type Tree = Node of int * Tree list
let rec depth (Node (_, cs)) = 1 + (match cs with [] -> 0 | _ -> cs |> List.map depth |> List.max)
printfn "%d" (depth (Node (1, [Node (2, []); Node (3, [Node (4, [])])])))
let rec flatten (Node (v, cs)) = v :: List.collect flatten cs
printfn "%A" (flatten (Node (1, [Node (2, []); Node (3, [Node (4, [])])])))
let cps n =
    let rec go n k = if n = 0 then k 0 else go (n - 1) (fun r -> k (r + n))
    go n id
printfn "%d" (cps 100000)
