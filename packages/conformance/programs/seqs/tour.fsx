let fib = Seq.unfold (fun (a, b) -> Some(a, (b, a + b))) (0, 1)
printfn "%A" (fib |> Seq.take 10 |> Seq.toList)
printfn "%A" (fib |> Seq.takeWhile (fun x -> x < 50) |> Seq.filter (fun x -> x % 2 = 0) |> List.ofSeq)
let primes =
    let rec sieve candidates = seq {
        let p = Seq.head candidates
        yield p
        yield! sieve (candidates |> Seq.tail |> Seq.filter (fun n -> n % p <> 0)) }
    sieve (Seq.initInfinite (fun i -> i + 2))
printfn "%A" (primes |> Seq.take 8 |> Seq.toList)
let mutable touched = 0
let lazySeq = Seq.map (fun x -> touched <- touched + 1; x * x) [ 1..10 ]
printfn "%d" touched
printfn "%A %d" (lazySeq |> Seq.take 3 |> Seq.toList) touched
printfn "%d %d" (Seq.sum lazySeq) touched
let cached = Seq.cache lazySeq
Seq.length cached |> ignore
Seq.length cached |> ignore
printfn "%d" touched
printfn "%A" (Seq.zip "abc" [ 1; 2 ] |> Seq.toList)
printfn "%A" ([ 1..7 ] |> Seq.chunkBySize 3 |> Seq.map Array.sum |> Seq.toList)
printfn "%A" ([ 1..5 ] |> Seq.windowed 2 |> Seq.map (fun w -> w.[1] - w.[0]) |> Seq.toList)
printfn "%A" ([ 1; 1; 2; 3; 3 ] |> Seq.distinct |> Seq.toList)
printfn "%A" ([ "apple"; "bob"; "cat"; "axe" ] |> Seq.groupBy (fun s -> s.[0]) |> Seq.map (fun (k, v) -> k, Seq.toList v) |> Seq.toList)
printfn "%A" (Seq.fold (fun acc x -> acc * 10 + x) 0 [ 1; 2; 3 ])
printfn "%A" (Seq.scan (+) 0 [ 1; 2; 3 ] |> Seq.toList)
printfn "%A" (Seq.pairwise [ 1; 4; 9 ] |> Seq.toList)
printfn "%A" (seq { for x in 1..3 do for y in x..3 do if x + y = 4 then yield x, y } |> Seq.toList)
printfn "%A" (Seq.collect (fun n -> List.replicate n n) [ 1; 2; 3 ] |> Seq.toArray)
printfn "%A %A" (Seq.tryHead []: int option) (Seq.tryLast [ 1; 2 ])
printfn "%A" (Seq.append [ 1 ] (seq { 2..3 }) |> Seq.toList)
printfn "%b %b" (Seq.exists ((=) 2) [ 1; 2 ]) (Seq.forall (fun x -> x > 0) [ 1; -1 ])
printfn "%A" (Seq.sortBy (fun x -> -x) [ 2; 3; 1 ] |> Seq.toList)
printfn "%A" (Seq.countBy (fun x -> x % 3) [ 1..7 ] |> Seq.toList)
printfn "%A" (Seq.maxBy snd [ "a", 1; "b", 5; "c", 3 ])
printfn "%A" (Seq.averageBy float [ 1; 2; 3; 4 ])
printfn "%A" (Seq.init 3 (fun i -> i * i) |> Seq.toList)
printfn "%A" (Seq.indexed [ 'a'; 'b' ] |> Seq.toList)
printfn "%s" (seq { yield "x"; yield! [ "y"; "z" ] } |> String.concat "+")
printfn "%A" (Seq.reduce max [ 3; 9; 2 ])
printfn "%A" (Seq.skipWhile (fun x -> x < 3) [ 1; 2; 3; 1 ] |> Seq.toList)
printfn "%A" ((1, [ 2; 3 ]) ||> Seq.fold (+))
printfn "%A" (Seq.isEmpty Seq.empty<int>)
printfn "%A" (List.ofSeq (Seq.truncate 2 [ 1; 2; 3 ]))
try Seq.head (Seq.empty: seq<int>) |> ignore with e -> printfn "empty"
let rec countdown n = seq { if n > 0 then yield n; yield! countdown (n - 1) }
printfn "%A" (countdown 4 |> Seq.toList)
let evens = [ for i in 0 .. 2 .. 10 -> i ]
let arr = [| for i in 1 .. 3 do yield i; yield -i |]
printfn "%A %A" evens arr
let table = [ for r in 1..3 -> [ for c in 1..3 -> r * c ] ]
for row in table do row |> List.map (sprintf "%3d") |> String.concat "" |> printfn "%s"
printfn "%A" (List.transpose table |> List.map List.sum)
let slice = [ 10..20 ].[2..4], [| 1; 2; 3; 4 |].[1..], "hello".[..2]
printfn "%A" slice
let a2 = Array.init 5 (fun i -> i * i)
