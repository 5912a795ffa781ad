let memoize f =
    let mutable cache = Map.empty
    fun x ->
        match Map.tryFind x cache with
        | Some v -> v
        | None ->
            let v = f x
            cache <- Map.add x v cache
            v

let mutable calls = 0
let slow n =
    calls <- calls + 1
    n * n
let fast = memoize slow
printfn "%d %d %d calls=%d" (fast 4) (fast 4) (fast 5) calls

let fibs = Array.create 91 0L
let rec fib n =
    if n < 2 then int64 n
    elif fibs.[n] <> 0L then fibs.[n]
    else
        fibs.[n] <- fib (n - 1) + fib (n - 2)
        fibs.[n]
printfn "%d" (fib 90)

// longest common subsequence
let lcs (a: string) (b: string) =
    let n, m = a.Length, b.Length
    let table = Array.init (n + 1) (fun _ -> Array.zeroCreate<int> (m + 1))
    for i in 1 .. n do
        for j in 1 .. m do
            table.[i].[j] <-
                if a.[i - 1] = b.[j - 1] then
                    table.[i - 1].[j - 1] + 1
                else
                    max table.[i - 1].[j] table.[i].[j - 1]
    let rec back i j acc =
        if i = 0 || j = 0 then acc
        elif a.[i - 1] = b.[j - 1] then back (i - 1) (j - 1) (a.[i - 1] :: acc)
        elif table.[i - 1].[j] >= table.[i].[j - 1] then back (i - 1) j acc
        else back i (j - 1) acc
    back n m [] |> List.map string |> String.concat ""
printfn "%s" (lcs "AGGTAB" "GXTXAYB")

// edit distance with Map memo
let editDistance (a: string) (b: string) =
    let mutable memo: Map<int * int, int> = Map.empty
    let rec dist i j =
        match memo |> Map.tryFind (i, j) with
        | Some d -> d
        | None ->
            let d =
                match i, j with
                | 0, j -> j
                | i, 0 -> i
                | _ when a.[i - 1] = b.[j - 1] -> dist (i - 1) (j - 1)
                | _ -> 1 + List.min [ dist (i - 1) j; dist i (j - 1); dist (i - 1) (j - 1) ]
            memo <- memo.Add((i, j), d)
            d
    dist a.Length b.Length
printfn "%d %d" (editDistance "kitten" "sitting") (editDistance "" "abc")

// knapsack, coin change, primes
let coins = [ 1; 5; 10; 25 ]
let ways target =
    let w = Array.create (target + 1) 0
    w.[0] <- 1
    for c in coins do
        for t = c to target do
            w.[t] <- w.[t] + w.[t - c]
    w.[target]
printfn "%A" (List.map ways [ 0; 5; 25; 100 ])
let sieve n =
    let isPrime = Array.create (n + 1) true
    isPrime.[0] <- false
    isPrime.[1] <- false
    let mutable p = 2
    while p * p <= n do
        if isPrime.[p] then
            for k in p * p .. p .. n do isPrime.[k] <- false
        p <- p + 1
    [ for i in 0 .. n do if isPrime.[i] then yield i ]
printfn "%A" (sieve 50)
let knapsack capacity items =
    let rec best items cap =
        match items with
        | [] -> 0, []
        | (name, w, v) :: rest ->
            let without = best rest cap
            if w > cap then without
            else
                let value, chosen = best rest (cap - w)
                let withItem = value + v, name :: chosen
                if fst withItem > fst without then withItem else without
    best items capacity
printfn "%A" (knapsack 10 [ "gold", 6, 30; "silver", 3, 14; "bronze", 4, 16; "tin", 2, 9 ])
let collatz n = n |> Seq.unfold (fun x -> if x = 0 then None elif x = 1 then Some(1, 0) else Some(x, (if x % 2 = 0 then x / 2 else 3 * x + 1)))
printfn "%A" (collatz 6 |> Seq.toList)
printfn "%A" (seq { 1..30 } |> Seq.maxBy (collatz >> Seq.length))
let pascal = Seq.unfold (fun row -> Some(row, List.map2 (+) (0 :: row) (row @ [ 0 ]))) [ 1 ]
for row in Seq.take 5 pascal do printfn "%s" (row |> List.map string |> String.concat " " |> fun s -> s.PadLeft(10))
let rec hanoi n a b c = if n = 0 then [] else hanoi (n - 1) a c b @ [ (a, c) ] @ hanoi (n - 1) b a c
printfn "%d %A" (hanoi 10 'a' 'b' 'c' |> List.length) (hanoi 2 'a' 'b' 'c')
let rec permutations = function
    | [] -> [ [] ]
    | xs -> [ for x in xs do for rest in permutations (List.filter ((<>) x) xs) -> x :: rest ]
printfn "%A" (permutations [ 1; 2; 3 ])
let rec powerset = function [] -> [ [] ] | x :: xs -> let ps = powerset xs in ps @ List.map (fun p -> x :: p) ps
printfn "%A" (powerset [ 'a'; 'b'; 'c' ])
let queens n =
    let rec place row cols =
        if row = n then [ List.rev cols ]
        else
            [ for c in 0 .. n - 1 do
                if cols |> List.mapi (fun i q -> q <> c && abs (q - c) <> i + 1) |> List.forall id then
                    yield! place (row + 1) (c :: cols) ]
    place 0 []
printfn "%d %A" (queens 6 |> List.length) (queens 6 |> List.head)
