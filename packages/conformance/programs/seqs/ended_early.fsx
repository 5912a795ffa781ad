let noisy name n = seq {
    try
        printfn "open %s" name
        for i in 1 .. n do
            yield i
        printfn "end %s" name
    finally
        printfn "close %s" name }
printfn "%A" (Seq.head (noisy "head" 3))
printfn "%A" (noisy "take" 3 |> Seq.take 2 |> Seq.toList)
printfn "%A" (noisy "find" 3 |> Seq.find (fun x -> x = 2))
printfn "%A" (noisy "exists" 3 |> Seq.exists (fun x -> x = 2))
printfn "%A" (Seq.zip (noisy "a" 3) (noisy "b" 1) |> Seq.toList)
printfn "%A" (noisy "pairwise" 5 |> Seq.pairwise |> Seq.head)
printfn "%A" (noisy "tryPick" 5 |> Seq.tryPick (fun x -> if x > 1 then Some (x * 2) else None))
for x in noisy "for" 3 do
    printfn "x %d" x
try
    for x in noisy "exn" 5 do
        if x = 2 then failwith "boom"
        printfn "x %d" x
with e -> printfn "caught %s" e.Message
try
    noisy "iter" 5 |> Seq.iter (fun x -> if x = 2 then failwith "bang")
with e -> printfn "caught %s" e.Message
printfn "%A" (noisy "map" 3 |> Seq.map (fun x -> x + 1) |> Seq.filter (fun x -> x > 2) |> Seq.isEmpty)
let nested = seq {
    try
        for x in noisy "inner" 3 do
            try
                yield x * 10
            finally
                printfn "item %d" x
    finally
        printfn "outer" }
printfn "%A" (nested |> Seq.truncate 2 |> List.ofSeq)
printfn "%A" (nested |> Seq.takeWhile (fun x -> x < 20) |> List.ofSeq)
printfn "%A" (seq { yield 0; yield! nested; yield 99 } |> Seq.item 1)
printfn "%A" (Seq.append (noisy "p" 1) (noisy "q" 2) |> Seq.skip 1 |> Seq.head)
printfn "%A" (Seq.collect (fun k -> noisy (string k) 2) [1; 2] |> Seq.take 3 |> Seq.toList)
let failing = seq {
    try
        yield 1
        failwith "inside"
    finally
        printfn "cleanup" }
try failing |> Seq.length |> printfn "%d"
with Failure m -> printfn "Failure %s" m
printfn "%A" (seq { try yield! failing with _ -> yield 7 } |> Seq.toList)
printfn "%A" (noisy "A" 9)
