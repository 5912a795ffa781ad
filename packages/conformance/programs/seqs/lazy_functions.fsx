let s = seq { for i in 1 .. 3 do
                printfn "gen %d" i
                yield i * i }
printfn "%A" (Seq.toList s)
let nat = Seq.initInfinite id
printfn "%A" (nat |> Seq.filter (fun x -> x % 2 = 0) |> Seq.take 3 |> Seq.toList)
printfn "%A" (Seq.unfold (fun (a, b) -> if a > 50 then None else Some (a, (b, a + b))) (0, 1) |> List.ofSeq)
let rec from n = seq { yield n; yield! from (n + 1) }
printfn "%A" (from 5 |> Seq.takeWhile (fun x -> x < 8) |> Seq.toArray)
printfn "%d" (Seq.sum (seq { 1 .. 10 }))
printfn "%A" (Seq.zip [1; 2] ["a"; "b"] |> Seq.toList)
printfn "%A" (seq { 1; 2; 3 } |> Seq.map ((*) 2) |> Seq.toList)
printfn "%A" (Seq.windowed 2 [1; 2; 3] |> Seq.toList)
printfn "%A" (Seq.pairwise [1; 2; 3] |> Seq.toList)
printfn "%A" ([1; 2; 3; 4] |> Seq.groupBy (fun x -> x % 2) |> Seq.map (fun (k, v) -> k, Seq.toList v) |> Seq.toList)
printfn "%A" (seq { for i in 1 .. 10 do if i % 2 = 0 then i } )
printfn "%A" (Seq.scan (+) 0 [1; 2; 3] |> Seq.toList)
printfn "%d" (Seq.fold (+) 0 [| 1; 2 |])
printfn "%A" (Seq.cache (seq { 1 .. 3 }) |> Seq.head)
printfn "%A" (Seq.tryFind (fun x -> x > 2) [1; 2; 3])
printfn "%b" (Seq.isEmpty Seq.empty)
printfn "%A" (Seq.chunkBySize 2 [1 .. 5] |> Seq.toList)
for x in nat |> Seq.skip 3 |> Seq.truncate 2 do printf "%d " x
printfn ""
printfn "%A" (Seq.append [1] [2] |> Seq.toList)
printfn "%A" (Seq.collect (fun x -> [x; x]) [1; 2] |> Seq.toList)
printfn "%A" (Seq.distinct [1; 1; 2] |> Seq.toList)
printfn "%A" (Seq.sortBy (fun x -> -x) [1; 3; 2] |> Seq.toList)
printfn "%A" (Seq.init 3 (fun i -> i * i))
