// What a host may want to stop, to hold or to hand over.

type Entry = { name: string; hits: int }

type Phase =
    | Idle
    | Busy of Entry list

let mutable counter = 0
let mutable entries: Map<string, Entry> = Map.empty
let mutable phase = Idle
let cell = ref [ 1; 2 ]
let stamps = [| 1.5; 2.5 |]
let twice x = x * 2
let pending: Async<int> = async { return 1 }

let hit name =
    counter <- counter + 1
    let known = entries |> Map.tryFind name |> Option.map (fun e -> e.hits) |> Option.defaultValue 0
    entries <- entries |> Map.add name { name = name; hits = known + 1 }
    phase <- Busy [ { name = name; hits = known + 1 } ]
    cell.Value <- counter :: cell.Value
    counter

let count () = counter

let rec grow kept n = if n = 0 then List.length kept else grow (n :: kept) (n - 1)
let churn n = (for i in 1..n do ignore (List.init 100 id)); n
let keepText n = List.init n (fun i -> String.replicate 1000 (string i)) |> List.length

let shareText n =
    let text = String.replicate 100000 "a"
    let mutable total = 0
    for round in 1..50 do
        let held = List.init n (fun _ -> text)
        ignore (List.init 1000 id)
        total <- total + List.length held
    total

let versions n =
    let start = Map.ofList [ for i in 1..1000 -> i, i ]
    let rec go kept map n = if n = 0 then List.length kept else go (map :: kept) (Map.add n 0 map) (n - 1)
    go [] start n

let slowHost n = (for i in 1..n do Host.busy 3); n
let blockingHost n = (for i in 1..n do Host.blocks 3); n
let sortOnce (xs: int array) = Array.sort xs |> ignore
let endless () = Seq.initInfinite id
let endlessPairs () = [ Seq.initInfinite id ], 1
let firstTen () = Seq.initInfinite (fun i -> i * i) |> Seq.take 10

let callback () = Host.apply (fun n -> if n = 0 then failwith "from the script" else 100 / n)
let catching () =
    try
        Host.apply (fun n -> failwith "from the script")
    with e -> "caught " + e.Message

let failing kind =
    try
        Host.fail kind
    with e -> e.Message

let wrongResult () =
    try
        string (Host.wrong ())
    with e -> e.Message

let dispose () =
    Host.dispose ()
    Host.note "still here"
    let rec go n = if n < 0 then n else go (n + 1)
    go 0

let bigText () = String.length (Host.big ())
let bigList () = List.length (Host.bigList ())
let nested () = Host.reenter ()
let adder n = fun x -> x + n
let compose (f: int -> int) (g: int -> int) = fun x -> g (f x)
