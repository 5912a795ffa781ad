// Seqs that go on inside each other cost the same for every element and need no stack.
type Tree =
    | Leaf
    | Node of Tree * int * Tree

let rec insert x tree =
    match tree with
    | Leaf -> Node (Leaf, x, Leaf)
    | Node (l, y, r) -> if x < y then Node (insert x l, y, r) else Node (l, y, insert x r)

let rec walk tree =
    seq {
        match tree with
        | Leaf -> ()
        | Node (l, x, r) ->
            yield! walk l
            yield x
            yield! walk r
    }

printfn "%A" ([ 5; 2; 8; 1; 9; 3 ] |> List.fold (fun t x -> insert x t) Leaf |> walk |> Seq.toList)
let chain = List.fold (fun t x -> Node (t, x, Leaf)) Leaf [ 1 .. 2000 ]
printfn "%d" (walk chain |> Seq.sum)

let rec from n =
    seq {
        yield n
        yield! from (n + 1)
    }
printfn "%d" (from 0 |> Seq.item 50000)

let rec ones () = Seq.append [ 1 ] (Seq.delay ones)
printfn "%d" (ones () |> Seq.take 20000 |> Seq.sum)

let rec sieve (numbers: seq<int>) =
    seq {
        let p = Seq.head numbers
        yield p
        yield! sieve (numbers |> Seq.tail |> Seq.filter (fun n -> n % p <> 0))
    }
printfn "%A" (sieve (Seq.initInfinite (fun i -> i + 2)) |> Seq.take 15 |> Seq.toList)

let primes =
    Seq.initInfinite (fun i -> i + 2)
    |> Seq.filter (fun n -> Seq.forall (fun d -> n % d <> 0) (seq { 2 .. int (sqrt (float n)) }))
printfn "%A" (primes |> Seq.takeWhile (fun p -> p < 40) |> Seq.toList)

let rec permutations xs =
    seq {
        match xs with
        | [] -> yield []
        | _ ->
            for x in xs do
                for rest in permutations (List.filter (fun y -> y <> x) xs) do
                    yield x :: rest
    }
printfn "%A" (permutations [ 1; 2; 3 ] |> Seq.toList)
printfn "%d" (permutations [ 1 .. 6 ] |> Seq.length)
