// Ways to hold memory, each for so many rounds: what both tiers have to see alike.

type Node = { Value: int; mutable Next: Node option }

let listInLoop rounds =
    let mutable kept = []
    for i in 1..rounds do
        kept <- string i :: kept
    List.length kept

let listByTailCalls rounds =
    let rec go n kept = if n = 0 then List.length kept else go (n - 1) ((n, n) :: kept)
    go rounds []

let listByRecursion rounds =
    let rec go n = if n = 0 then [] else n :: go (n - 1)
    let mutable total = 0
    for _ in 1 .. rounds / 500 do
        total <- total + List.length (go 500)
    total

let garbage rounds =
    let mutable last = []
    for i in 1..rounds do
        last <- [ i; i + 1; i + 2 ]
    List.length last

let garbageBeside rounds =
    let kept = List.init (rounds / 4) (fun i -> (i, i))
    let mutable last = []
    for i in 1..rounds do
        last <- [ i; i + 1; i + 2 ]
    List.length kept + List.length last

let inCaller rounds =
    let kept = List.init (rounds / 2) (fun i -> (i, i))
    let more = garbage rounds
    List.length kept + more

let records rounds =
    let first = { Value = 0; Next = None }
    let mutable last = first
    for i in 1..rounds do
        let next = { Value = i; Next = None }
        last.Next <- Some next
        last <- next
    first.Value

let captured rounds =
    let mutable call = fun x -> x + 1
    for i in 1..rounds do
        let before = call
        call <- fun x -> if x > i then before x else i
    call rounds

let mutable everything = []

let globals rounds =
    for i in 1..rounds do
        everything <- [| i; i |] :: everything
    List.length everything

let texts rounds =
    let mutable text = ""
    let mutable kept = []
    for i in 1..rounds do
        text <- text + "ab"
        if i % 64 = 0 then kept <- text :: kept
    List.length kept

let maps rounds =
    let mutable map = Map.empty
    for i in 1..rounds do
        map <- Map.add (i % 997) i map
    Map.count map

let library rounds = List.init rounds (fun i -> (i, string i)) |> List.filter (fun (i, _) -> i % 2 = 0) |> List.length

let guarded rounds =
    let mutable kept = []
    for i in 1..rounds do
        try
            try
                kept <- i :: kept
                if i % 3 = 0 then failwith "three"
            finally
                kept <- -i :: kept
        with _ ->
            kept <- 0 :: kept
    List.length kept

let floats rounds =
    let mutable sum = 0.0
    let mutable kept = []
    for i in 1..rounds do
        sum <- sum + float i * 0.5
        if i % 2 = 0 then kept <- sum :: kept
    List.length kept

let laziness rounds = Seq.initInfinite (fun i -> [ i; i ]) |> Seq.take rounds |> Seq.fold (fun kept x -> x :: kept) [] |> List.length

let large rounds =
    let mutable kept = 0
    for i in 1..rounds do
        kept <- kept * 1000003 + i * 4611686018427387904
    kept

let beside rounds =
    let work kept = async {
        do! Async.sleep 0
        return List.length kept
    }
    let held = List.init (rounds / 8) id
    let started = Async.start (work held)
    let made = garbage rounds
    Async.cancel started
    made

let byCallback rounds =
    List.init rounds (fun i ->
        let mutable sum = 0
        for j in 1..100 do
            sum <- sum + j
        [ i; sum ])
    |> List.length
