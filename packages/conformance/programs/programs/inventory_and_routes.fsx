// ---- a small inventory and scheduling simulation written in typical F# style
module Domain =
    type ProductId = ProductId of int
    type Product =
        { Id: ProductId
          Name: string
          Price: float
          Stock: int }

    type Event =
        | Received of ProductId * qty: int
        | Sold of ProductId * qty: int
        | PriceChanged of ProductId * newPrice: float
        | Discontinued of ProductId

    type InventoryError =
        | UnknownProduct of ProductId
        | OutOfStock of name: string * requested: int * available: int

    let idValue (ProductId i) = i

module Inventory =
    open Domain

    type T = private { Products: Map<ProductId, Product>; History: Event list }

    let empty = { Products = Map.empty; History = [] }

    let add product inv =
        { inv with Products = Map.add product.Id product inv.Products }

    let private tryGet id inv =
        match Map.tryFind id inv.Products with
        | Some p -> Ok p
        | None -> Error (UnknownProduct id)

    let apply event inv =
        let record inv = { inv with History = event :: inv.History }
        match event with
        | Received (id, qty) ->
            tryGet id inv
            |> Result.map (fun p -> add { p with Stock = p.Stock + qty } inv |> record)
        | Sold (id, qty) ->
            tryGet id inv
            |> Result.bind (fun p ->
                if p.Stock < qty then
                    Error (OutOfStock (p.Name, qty, p.Stock))
                else
                    Ok (add { p with Stock = p.Stock - qty } inv |> record))
        | PriceChanged (id, price) ->
            tryGet id inv |> Result.map (fun p -> inv |> add { p with Price = price } |> record)
        | Discontinued id ->
            tryGet id inv
            |> Result.map (fun _ -> record { inv with Products = Map.remove id inv.Products })

    let value inv =
        inv.Products |> Map.toSeq |> Seq.sumBy (fun (_, p) -> p.Price * float p.Stock)

    let report inv =
        inv.Products
        |> Map.toList
        |> List.map snd
        |> List.sortByDescending (fun p -> p.Price)
        |> List.iter (fun p ->
            printfn "%-10s %3d x %8.2f = %10.2f" p.Name p.Stock p.Price (p.Price * float p.Stock))

    let historyLength inv = List.length inv.History

open Domain

let start =
    Inventory.empty
    |> Inventory.add { Id = ProductId 1; Name = "Bolt"; Price = 0.25; Stock = 1000 }
    |> Inventory.add { Id = ProductId 2; Name = "Nut"; Price = 0.10; Stock = 500 }
    |> Inventory.add { Id = ProductId 3; Name = "Gear"; Price = 12.5; Stock = 8 }

let events =
    [ Sold (ProductId 1, 100)
      Received (ProductId 2, 250)
      Sold (ProductId 3, 10)
      PriceChanged (ProductId 3, 13.75)
      Sold (ProductId 9, 1)
      Discontinued (ProductId 2) ]

let describe = function
    | UnknownProduct (ProductId id) -> sprintf "unknown product #%d" id
    | OutOfStock (name, requested, available) ->
        sprintf "cannot sell %d of %s, only %d left" requested name available

let final, errors =
    ((start, []), events)
    ||> List.fold (fun (inv, errs) e ->
        match Inventory.apply e inv with
        | Ok inv' -> inv', errs
        | Error err -> inv, err :: errs)

Inventory.report final
errors |> List.rev |> List.iteri (fun i e -> printfn "%d. %s" (i + 1) (describe e))
printfn "total %.2f after %d events" (Inventory.value final) (Inventory.historyLength final)
printfn "%A" (List.tryHead errors)
printfn "%A" (events |> List.map (function Sold (ProductId i, q) -> Some (i, q) | _ -> None) |> List.choose id)

// ---- dijkstra with sets as priority queues
type Graph = Map<string, (string * int) list>
let graph : Graph =
    [ "a", [ "b", 7; "c", 9; "f", 14 ]
      "b", [ "c", 10; "d", 15 ]
      "c", [ "d", 11; "f", 2 ]
      "d", [ "e", 6 ]
      "f", [ "e", 9 ] ]
    |> Map.ofList

let dijkstra (g: Graph) source =
    let rec go queue dist prev =
        if Set.isEmpty queue then dist, prev
        else
            let (d, u) as smallest = Set.minElement queue
            let queue = Set.remove smallest queue
            let neighbours = g |> Map.tryFind u |> Option.defaultValue []
            let queue, dist, prev =
                neighbours
                |> List.fold
                    (fun (q, dist, prev) (v, w) ->
                        let alt = d + w
                        match Map.tryFind v dist with
                        | Some old when old <= alt -> q, dist, prev
                        | _ -> Set.add (alt, v) q, Map.add v alt dist, Map.add v u prev)
                    (queue, dist, prev)
            go queue dist prev
    go (Set.singleton (0, source)) (Map.ofList [ source, 0 ]) Map.empty

let dist, prev = dijkstra graph "a"
let rec path acc v =
    match Map.tryFind v prev with
    | Some u -> path (v :: acc) u
    | None -> v :: acc
for KeyValue (k, d) in dist do
    printfn "%s: %2d via %s" k d (path [] k |> String.concat "->")
printfn "%A" dist

// ---- text histogram
let text = "the quick brown fox jumps over the lazy dog the end"
text.Split ' '
|> Array.countBy id
|> Array.sortBy (fun (w, n) -> -n, w)
|> Array.truncate 3
|> Array.iter (fun (w, n) -> printfn "%-5s|%s" w (String.replicate n "*"))
let vowels = text |> Seq.filter (fun c -> "aeiou".Contains c) |> Seq.length
printfn "%d vowels of %d" vowels (String.length text)
let caesar n (s: string) =
    s |> String.map (fun c ->
        if System.Char.IsLower c then char ((int c - int 'a' + n) % 26 + int 'a') else c)
printfn "%s" (caesar 3 "hello world")
printfn "%s" (caesar 23 (caesar 3 "hello world"))
let isPalindrome (s: string) =
    let clean = s.ToLower() |> Seq.filter System.Char.IsLetter |> Seq.toList
    clean = List.rev clean
printfn "%b %b" (isPalindrome "A man, a plan, a canal: Panama") (isPalindrome "nope")
