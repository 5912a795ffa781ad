// ---- generic algorithms, memo, matrices, closures
let memoize f =
    let cache = ref Map.empty
    fun x ->
        match Map.tryFind x cache.Value with
        | Some v -> v
        | None ->
            let v = f x
            cache.Value <- Map.add x v cache.Value
            v
let slowSquare x = printfn "computing %d" x; x * x
let fast = memoize slowSquare
printfn "%d %d" (fast 4) (fast 4)
let fibm =
    let cache = Array.create 100 -1
    let rec go n =
        if n < 2 then n
        elif cache.[n] >= 0 then cache.[n]
        else
            let v = go (n - 1) + go (n - 2)
            cache.[n] <- v
            v
    go
printfn "%d" (fibm 80)
let matmul (a: float[][]) (b: float[][]) =
    let n, m, p = a.Length, b.Length, b.[0].Length
    Array.init n (fun i ->
        Array.init p (fun j ->
            Seq.sum (seq { for k in 0 .. m - 1 -> a.[i].[k] * b.[k].[j] })))
printfn "%A" (matmul [| [| 1.0; 2.0 |]; [| 3.0; 4.0 |] |] [| [| 0.0; 1.0 |]; [| 1.0; 0.0 |] |])
let transpose (m: 'a[][]) = Array.init m.[0].Length (fun j -> Array.init m.Length (fun i -> m.[i].[j]))
printfn "%A" (transpose [| [| 1; 2; 3 |]; [| 4; 5; 6 |] |])
let rec quicksort = function
    | [] -> []
    | p :: xs ->
        let smaller, larger = List.partition ((>) p) xs
        quicksort smaller @ [ p ] @ quicksort larger
printfn "%A" (quicksort [ 3; 1; 4; 1; 5; 9; 2; 6 ])
printfn "%A" (quicksort [ "pear"; "apple"; "fig" ])
let rec mergeSort cmp xs =
    let rec merge a b =
        match a, b with
        | [], r | r, [] -> r
        | x :: xs, y :: ys -> if cmp x y <= 0 then x :: merge xs b else y :: merge a ys
    match xs with
    | [] | [ _ ] -> xs
    | _ ->
        let l, r = List.splitAt (List.length xs / 2) xs
        merge (mergeSort cmp l) (mergeSort cmp r)
printfn "%A" (mergeSort (fun (a, _) (b, _) -> compare a b) [ 2, 'a'; 1, 'b'; 2, 'c'; 1, 'd' ])
let sieve n =
    let flags = Array.create (n + 1) true
    for i in 2 .. n do
        if flags.[i] then
            for j in i * i .. i .. n do
                flags.[j] <- false
    [ for i in 2 .. n do if flags.[i] then yield i ]
printfn "%A" (sieve 50)
let rec gcd a b = if b = 0 then a else gcd b (a % b)
let lcm a b = a / gcd a b * b
printfn "%d %d" (gcd 48 36) (List.reduce lcm [ 1 .. 10 ])
let rec permutations = function
    | [] -> [ [] ]
    | xs -> xs |> List.collect (fun x -> permutations (List.filter ((<>) x) xs) |> List.map (fun p -> x :: p))
printfn "%A" (permutations [ 1; 2; 3 ])
let rec powerset = function
    | [] -> [ [] ]
    | x :: xs -> let ps = powerset xs in ps @ List.map (fun p -> x :: p) ps
printfn "%A" (powerset [ 'a'; 'b' ])
let queens n =
    let safe q qs = qs |> List.mapi (fun i c -> c <> q && abs (c - q) <> i + 1) |> List.forall id
    let rec place k =
        if k = 0 then [ [] ]
        else [ for qs in place (k - 1) do for q in 1 .. n do if safe q qs then yield q :: qs ]
    place n
printfn "%d %A" (queens 6 |> List.length) (List.head (queens 6))
let collatz = List.unfold (fun n -> if n = 0 then None elif n = 1 then Some (1, 0) elif n % 2 = 0 then Some (n, n / 2) else Some (n, 3 * n + 1))
printfn "%A" (collatz 6)
let toBinary n =
    let rec go n acc = if n = 0 then acc else go (n / 2) (string (n % 2) + acc)
    if n = 0 then "0" else go n ""
printfn "%s %s" (toBinary 10) (toBinary 0)
let roman n =
    let table = [ 1000, "M"; 900, "CM"; 500, "D"; 400, "CD"; 100, "C"; 90, "XC"; 50, "L"; 40, "XL"; 10, "X"; 9, "IX"; 5, "V"; 4, "IV"; 1, "I" ]
    let rec go n table =
        match table with
        | [] -> ""
        | (v, s) :: _ when n >= v -> s + go (n - v) table
        | _ :: rest -> go n rest
    go n table
printfn "%s %s" (roman 1994) (roman 2024)
let makeCounter () =
    let mutable n = 0
    let incr () = n <- n + 1; n
    let get () = n
    incr, get
let inc, get = makeCounter ()
inc () |> ignore
inc () |> ignore
printfn "%d" (get ())
let closures = [ for i in 1 .. 3 do yield (fun () -> i * 10) ]
printfn "%A" [ for f in closures -> f () ]
let rec evenOdd n = (if n = 0 then true else oddEven (n - 1))
and oddEven n = (if n = 0 then false else evenOdd (n - 1))
printfn "%b" (evenOdd 1001)
let composeAll fs = List.fold (>>) id fs
printfn "%d" (composeAll [ (+) 1; (*) 2; (fun x -> x - 3) ] 5)
let groupConsecutive xs =
    List.foldBack (fun x acc ->
        match acc with
        | (y :: _ as g) :: rest when x = y -> (x :: g) :: rest
        | _ -> [ x ] :: acc) xs []
printfn "%A" (groupConsecutive [ 1; 1; 2; 3; 3; 3 ])
let rle s = s |> Seq.toList |> groupConsecutive |> List.map (fun g -> sprintf "%c%d" (List.head g) g.Length) |> String.concat ""
printfn "%s" (rle "aaabccd")
let rec flatten = function
    | [] -> []
    | x :: xs -> x @ flatten xs
printfn "%A" (flatten [ [ 1 ]; [ 2; 3 ]; [] ])
let zipWithIndex xs = Seq.zip (Seq.initInfinite id) xs |> List.ofSeq
printfn "%A" (zipWithIndex [ "a"; "b" ])
let average xs = List.sum xs / float (List.length xs)
let stddev xs =
    let m = average xs
    xs |> List.averageBy (fun x -> (x - m) ** 2.0) |> sqrt
printfn "%.4f %.4f" (average [ 1.0; 2.0; 3.0; 4.0 ]) (stddev [ 2.0; 4.0; 4.0; 4.0; 5.0; 5.0; 7.0; 9.0 ])
