// inventory report
open System

type Category =
    | Tools
    | Toys
    | Food of perishable: bool

type Item =
    { Sku: string
      Name: string
      Price: decimal
      Qty: int
      Category: Category
      Tags: string list }

let items =
    [ { Sku = "A1"; Name = "Hammer"; Price = 12.50m; Qty = 3; Category = Tools; Tags = [ "steel"; "hand" ] }
      { Sku = "B7"; Name = "Robot"; Price = 39.99m; Qty = 0; Category = Toys; Tags = [] }
      { Sku = "C3"; Name = "Milk"; Price = 0.99m; Qty = 120; Category = Food true; Tags = [ "cold" ] }
      { Sku = "C4"; Name = "Rice"; Price = 2.25m; Qty = 40; Category = Food(perishable = false); Tags = [ "dry"; "bulk" ] } ]

let total = items |> List.sumBy (fun i -> i.Price * float i.Qty)
printfn "Total: %.2f" total

let describe item =
    match item with
    | { Qty = 0; Name = n } -> sprintf "%s is sold out" n
    | { Category = Food true; Name = n; Qty = q } when q > 100 -> sprintf "%s: too much perishable (%d)" n q
    | { Name = n; Tags = first :: _ } -> sprintf "%s [%s]" n first
    | { Name = n } -> n

items |> List.iter (describe >> printfn "%s")

printfn "%-10s|%8s|%5s" "Name" "Price" "Qty"
printfn "%s" (String.replicate 25 "-")
for { Name = n; Price = p; Qty = q } in items do
    printfn "%-10s|%8.2f|%5d" n p q

let byCategory =
    items
    |> List.groupBy (fun i ->
        match i.Category with
        | Food _ -> "food"
        | Tools -> "tools"
        | Toys -> "toys")
    |> List.map (fun (k, v) -> k, List.length v)
    |> Map.ofList

printfn "%A" byCategory
byCategory |> Map.iter (fun k v -> printfn "%s -> %i" k v)
printfn "%A" items.Head
printfn "%A" (items |> List.map (fun i -> i.Sku, i.Category))
printfn "%A" (List.tryFind (fun i -> i.Qty = 0) items)
let cheapest = items |> List.minBy (fun i -> i.Price)
printfn "Cheapest: %s" cheapest.Name
let sorted = items |> List.sortByDescending (fun i -> i.Price, i.Name) |> List.map (fun i -> i.Name)
printfn "%A" sorted
let tags = items |> List.collect (fun i -> i.Tags) |> List.distinct |> List.sort |> String.concat ", "
printfn "Tags: %s" tags
