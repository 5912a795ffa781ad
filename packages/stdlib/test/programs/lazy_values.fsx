// A lazy value is computed when it is asked for first, once.
let answer =
    lazy
        (printfn "computing"
         42)
printfn "before"
printfn "%d %d" answer.Value (answer.Force())

let mutable tries = 0
let failing: Lazy<int> =
    lazy
        (tries <- tries + 1
         failwith "no value")
for _ in 1 .. 2 do
    printfn "%s" (try string failing.Value with Failure m -> m)
printfn "%d" tries

type Stream<'a> =
    | Cons of 'a * Lazy<Stream<'a>>

let rec from n = Cons (n, lazy (from (n + 1)))
let rec take n stream =
    match stream with
    | Cons (x, rest) -> if n = 0 then [] else x :: take (n - 1) rest.Value
printfn "%A" (take 5 (from 10))

let expensive n = lazy (printfn "squaring %d" n; n * n)
let all = List.map expensive [ 1; 2; 3 ]
printfn "%d" (all.[1].Value + all.[1].Value)
printfn "%d" (all |> List.sumBy (fun l -> l.Value))
let text: Lazy<string> = lazy "late"
printfn "%s %s" text.Value (string text)
