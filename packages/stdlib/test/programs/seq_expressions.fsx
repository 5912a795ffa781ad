// What `seq { }` may hold, and when it runs.
printfn "%A" (seq { 1; 2; 3 } |> Seq.toList)
printfn "%A" (seq { yield 1; yield! [ 2; 3 ]; yield! [| 4 |]; yield! seq { 5 .. 6 } } |> Seq.toList)
printfn "%A" (seq { for c in "abc" -> c } |> Seq.toList)
printfn "%A" (seq { for entry in Map.ofList [ (2, "b"); (1, "a") ] do yield entry } |> Seq.toList)
printfn "%A" (seq { for x in set [ 3; 1 ] do x * 10 } |> Seq.toList)

// Items without yield, in every branch.
let describe n =
    seq {
        "start"
        if n > 1 then
            "many"
        match n with
        | 0 -> "zero"
        | 1 -> "one"
        | _ ->
            printfn "(more than one)"
            "other"
        for i in 1 .. n do
            string i
        "end"
    }
printfn "%A" (describe 0 |> Seq.toList)
printfn "%A" (describe 2 |> Seq.toList)

// With yield, other items are statements.
let mutable steps = 0
let stepped =
    seq {
        steps <- steps + 1
        yield "a"
        steps <- steps + 1
        yield "b"
    }
printfn "%d" steps
printfn "%s %d" (Seq.head stepped) steps
printfn "%A" (Seq.toList stepped)
printfn "%d" steps

// let, mutable variables and loops in a body.
let triangular limit =
    seq {
        let mutable sum = 0
        let mutable n = 1
        while sum + n <= limit do
            sum <- sum + n
            n <- n + 1
            yield sum
    }
printfn "%A" (triangular 30 |> Seq.toList)
printfn "%A" (triangular 30 |> Seq.toList)

printfn "%A" (seq { for i = 1 to 3 do for j = i downto 1 do yield (i, j) } |> Seq.toList)

let pairs = [ (1, Some "a"); (2, None); (3, Some "c") ]
printfn "%A" (seq { for (n, Some name) in pairs do yield sprintf "%d%s" n name } |> Seq.toList)

// try in a body.
let guarded =
    seq {
        try
            yield 1
            yield 10 / (steps - steps)
            yield 2
        with
        | :? DivideByZeroException -> yield -1
    }
printfn "%A" (Seq.toList guarded)
let finished =
    seq {
        try
            yield 1
            yield 2
        finally
            printfn "finally"
    }
printfn "%A" (Seq.toList finished)
let passing =
    seq {
        try
            failwith "boom"
            yield 1
        with
        | :? DivideByZeroException -> yield -1
    }
printfn "%s" (try string (Seq.length passing) with e -> e.Message)

// Types of elements.
let floats: seq<float> = seq { 1; 2; 4.5 }
let half: seq<float> = seq { for x in 1 .. 3 do yield float x / 2.0 }
printfn "%A" (Seq.toList floats)
printfn "%A" (Seq.toList half)
printfn "%A" (seq { 0.0 .. 0.25 .. 1.0 } |> Seq.toList)
printfn "%A" (seq { 'a' .. 'e' } |> Seq.rev |> Seq.toList)
printfn "%A" (seq { 1 .. 1_000_000_000_000 } |> Seq.map (fun n -> n * n) |> Seq.item 10)
