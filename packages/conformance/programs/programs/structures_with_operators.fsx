// polynomials, priority queue, dijkstra, LRU, event sourcing
type Poly =
    | Poly of int list
    static member (+) (Poly a, Poly b) =
        let n = max a.Length b.Length
        let pad xs = xs @ List.replicate (n - List.length xs) 0
        Poly (List.map2 (+) (pad a) (pad b))
    static member (*) (Poly a, Poly b) =
        let size = a.Length + b.Length - 1
        let r = Array.zeroCreate size
        a |> List.iteri (fun i x -> b |> List.iteri (fun j y -> r.[i + j] <- r.[i + j] + x * y))
        Poly (List.ofArray r)
    static member (*) (k: int, Poly a) = Poly (List.map ((*) k) a)
    static member (~-) (Poly a) = Poly (List.map (~-) a)
    static member (-) (a: Poly, b: Poly) = a + -b
    member this.Eval x =
        let (Poly cs) = this
        List.foldBack (fun c acc -> c + x * acc) cs 0
    member this.Show =
        let (Poly cs) = this
        cs
        |> List.indexed
        |> List.rev
        |> List.choose (fun (i, c) ->
            match i, c with
            | _, 0 -> None
            | 0, c -> Some (string c)
            | 1, c -> Some $"{c}x"
            | i, c -> Some $"{c}x^{i}")
        |> String.concat " + "
let p = Poly [ 1; 2 ]
let q = Poly [ 0; 1; 3 ]
printfn "%s | %s | %s | %s" (p + q).Show (p * q).Show (3 * p).Show (p - q).Show
printfn "%d %d" ((p * q).Eval 2) (p.Eval 10)

type Heap<'a> = Empty | Heap of 'a * Heap<'a> list
module Heap =
    let merge a b =
        match a, b with
        | Empty, h | h, Empty -> h
        | Heap (x, xs), Heap (y, ys) -> if x <= y then Heap (x, b :: xs) else Heap (y, a :: ys)
    let insert x h = merge (Heap (x, [])) h
    let rec private pairs = function
        | [] -> Empty
        | [ h ] -> h
        | a :: b :: rest -> merge (merge a b) (pairs rest)
    let pop = function
        | Empty -> None
        | Heap (x, hs) -> Some (x, pairs hs)
let drain h = List.unfold Heap.pop h
printfn "%A" ([ 5; 2; 8; 1; 9; 3 ] |> List.fold (fun h x -> Heap.insert x h) Empty |> drain)
let graph =
    Map.ofList
        [ "A", [ "B", 4; "C", 1 ]
          "B", [ ("D", 1) ]
          "C", [ "B", 2; "D", 5 ]
          "D", [] ]
let dijkstra source =
    let rec loop heap (dist: Map<string, int>) =
        match Heap.pop heap with
        | None -> dist
        | Some ((d, node), rest) ->
            match dist |> Map.tryFind node with
            | Some known when known <= d -> loop rest dist
            | _ ->
                let heap =
                    graph.[node] |> List.fold (fun h (next, w) -> Heap.insert (d + w, next) h) rest
                loop heap (dist.Add(node, d))
    loop (Heap.insert (0, source) Empty) Map.empty
for KeyValue (node, d) in dijkstra "A" do printfn "%s: %d" node d

type Lru<'k, 'v when 'k : comparison>(capacity: int) =
    let mutable order : 'k list = []
    let mutable store : Map<'k, 'v> = Map.empty
    let touch k = order <- k :: List.filter ((<>) k) order
    member _.Put(k, v) =
        store <- store.Add(k, v)
        touch k
        if order.Length > capacity then
            let victim = List.last order
            order <- List.take capacity order
            store <- store.Remove victim
    member _.Get k =
        match store.TryFind k with
        | Some v ->
            touch k
            Some v
        | None -> None
    member _.Keys = order
let cache = Lru<string, int>(2)
cache.Put("a", 1)
cache.Put("b", 2)
printfn "%A" (cache.Get "a")
cache.Put("c", 3)
printfn "%A %A" (cache.Get "b") cache.Keys
type Command = Deposit of int | Withdraw of int
type Event = Deposited of int | Withdrawn of int | Rejected of reason: string
let decide balance = function
    | Deposit n when n <= 0 -> [ Rejected "not positive" ]
    | Deposit n -> [ Deposited n ]
    | Withdraw n when n > balance -> [ Rejected $"only {balance}" ]
    | Withdraw n -> [ Withdrawn n ]
let apply balance = function
    | Deposited n -> balance + n
    | Withdrawn n -> balance - n
    | Rejected _ -> balance
let final, history =
    [ Deposit 100; Withdraw 30; Withdraw 100; Deposit -5 ]
    |> List.mapFold (fun bal cmd ->
        let events = decide bal cmd
        events, List.fold apply bal events) 0
    |> fun (events, bal) -> bal, List.concat events
printfn "%d %A" final history
