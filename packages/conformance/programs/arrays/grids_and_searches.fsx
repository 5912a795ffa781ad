// matrix and arrays
let rows, cols = 3, 4
let m = Array.init rows (fun i -> Array.init cols (fun j -> i * cols + j))
let show m = for row in m do printfn "%s" (row |> Array.map (sprintf "%3d") |> String.concat " ")
show m
let transpose (m: int[][]) = Array.init m.[0].Length (fun j -> Array.init m.Length (fun i -> m.[i].[j]))
show (transpose m)
let mul (a: int[][]) (b: int[][]) =
    let n, k, p = a.Length, b.Length, b.[0].Length
    [| for i in 0 .. n - 1 ->
        [| for j in 0 .. p - 1 ->
            let mutable s = 0
            for x in 0 .. k - 1 do
                s <- s + a.[i].[x] * b.[x].[j]
            s |] |]
show (mul m (transpose m))
let identity n = Array.init n (fun i -> Array.init n (fun j -> if i = j then 1.0 else 0.0))
printfn "%A" (identity 3)
let sieve n =
    let isPrime = Array.create (n + 1) true
    isPrime.[0] <- false
    isPrime.[1] <- false
    let mutable i = 2
    while i * i <= n do
        if isPrime.[i] then
            for j in i * i .. i .. n do
                isPrime.[j] <- false
        i <- i + 1
    [ for i in 2 .. n do if isPrime.[i] then yield i ]
printfn "%A" (sieve 50)
let bubble (xs: int array) =
    let a = Array.copy xs
    let mutable swapped = true
    while swapped do
        swapped <- false
        for i = 0 to a.Length - 2 do
            if a.[i] > a.[i + 1] then
                let t = a.[i]
                a.[i] <- a.[i + 1]
                a.[i + 1] <- t
                swapped <- true
    a
printfn "%A" (bubble [| 5; 3; 9; 1 |])
let rec quicksort = function
    | [] -> []
    | p :: xs ->
        let small, large = List.partition (fun x -> x < p) xs
        quicksort small @ [ p ] @ quicksort large
printfn "%A" (quicksort [ 3; 1; 4; 1; 5; 9; 2; 6 ])
let binarySearch (a: int[]) target =
    let rec go lo hi =
        if lo > hi then None
        else
            let mid = (lo + hi) / 2
            match compare a.[mid] target with
            | 0 -> Some mid
            | c when c < 0 -> go (mid + 1) hi
            | _ -> go lo (mid - 1)
    go 0 (a.Length - 1)
printfn "%A %A" (binarySearch [| 1; 3; 5; 7 |] 5) (binarySearch [| 1; 3 |] 2)
let grid = Array.init 3 (fun _ -> Array.create 3 '.')
grid.[1].[2] <- '#'
grid.[0].[0] <- '@'
for r in grid do printfn "%s" (r |> Array.map string |> String.concat "")
let counts = Array.zeroCreate 5
for x in [ 1; 2; 2; 3; 3; 3 ] do counts.[x] <- counts.[x] + 1
printfn "%A" counts
for i = 5 downto 1 do printf "%d " i
printfn ""
let avg = Array.average [| 1.0; 2.0; 4.0 |]
printfn "%.3f %g" avg avg
let total = Array.fold (fun acc x -> acc + x) 0 [| 1..10 |]
printfn "%d" total
printfn "%A" (Array.scan (+) 0 [| 1; 2; 3 |])
printfn "%A" (Array.sub [| 1..10 |] 2 3, [| 1..10 |].[7..], [| 1..10 |].[..1])
printfn "%A" (Array.chunkBySize 3 [| 1..7 |])
printfn "%A" (Array.windowed 2 [| 1..4 |])
printfn "%A" (Array.zip [| 1; 2 |] [| "a"; "b" |])
printfn "%A" (Array.mapi (fun i x -> i * x) [| 10; 20; 30 |])
let a2 = [| 3; 1; 2 |]
Array.sortInPlace a2
printfn "%A %b" a2 (Array.contains 2 a2)
printfn "%A" (Array.tryFindIndex (fun x -> x > 1) a2)
printfn "%d" (Array.reduce max a2)
try printfn "%d" a2.[5] with e -> printfn "%s" e.Message
try printfn "%d" (List.head []) with e -> printfn "%s" e.Message
try printfn "%d" (Map.find "x" Map.empty) with e -> printfn "%s" e.Message
try printfn "%d" (1 / 0) with e -> printfn "%s" e.Message
try printfn "%d" (int "abc") with e -> printfn "%s" e.Message
