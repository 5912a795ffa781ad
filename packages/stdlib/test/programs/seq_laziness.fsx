// Nothing is computed before it is asked for, nothing twice in one traversal, and everything anew in the next.
let mutable log: string list = []
let note name x =
    log <- sprintf "%s%d" name x :: log
    x
let shown () =
    let text = log |> List.rev |> String.concat " "
    log <- []
    text

let numbers = seq { for i in 1 .. 4 do yield note "n" i }
let squares = numbers |> Seq.map (fun x -> note "m" (x * x)) |> Seq.filter (fun x -> note "f" x > 3)
printfn "[%s]" (shown ())
printfn "%d [%s]" (Seq.head squares) (shown ())
for x in squares do
    if x < 10 then printf "%d " x
printfn "[%s]" (shown ())
for x in squares do
    if x > 4 then break
    printf "%d " x
printfn "[%s]" (shown ())

let cached = Seq.cache numbers
printfn "%A [%s]" (cached |> Seq.take 2 |> Seq.toList) (shown ())
printfn "%A [%s]" (Seq.toList cached) (shown ())
printfn "%A [%s]" (Seq.toList cached) (shown ())

let a = [| 1; 2; 3 |]
let view = Seq.ofArray a
a.[0] <- 100
printfn "%A" (Seq.toList view)

printfn "%b [%s]" (Seq.contains 2 numbers) (shown ())
printfn "%A [%s]" (Seq.zip numbers [ "x"; "y" ] |> Seq.toList) (shown ())
printfn "%A [%s]" (Seq.pairwise numbers |> Seq.head) (shown ())
printfn "%A [%s]" (Seq.windowed 2 numbers |> Seq.head) (shown ())
printfn "%A [%s]" (Seq.chunkBySize 3 numbers |> Seq.head) (shown ())
printfn "%A [%s]" (Seq.distinct numbers |> Seq.truncate 2 |> Seq.toList) (shown ())
printfn "%A [%s]" (Seq.sort numbers |> Seq.head) (shown ())
let unasked = Seq.sort numbers
printfn "[%s]" (shown ())
printfn "%A [%s]" (Seq.scan (+) 0 numbers |> Seq.take 3 |> Seq.toList) (shown ())
printfn "%A [%s]" (numbers |> Seq.skipWhile (fun n -> n < 3) |> Seq.toList) (shown ())
printfn "%A" numbers
printfn "[%s]" (shown ())
printfn "%s [%s]" (string numbers) (shown ())

// Errors come with the element.
let failing = Seq.map (fun n -> if n = 3 then failwithf "no %d" n else n) [ 1; 2; 3 ]
printfn "%A" (failing |> Seq.take 2 |> Seq.toList)
printfn "%s" (try string (Seq.length failing) with Failure m -> m)
printfn "%s" (try string (Seq.length (Seq.take 5 [ 1 ])) with e -> e.Message)
let short = Seq.take 5 [ 1 ]
printfn "%d" (Seq.head short)
