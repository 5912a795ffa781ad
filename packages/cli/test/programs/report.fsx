type Item = { Name: string; Price: float }

let items = [ { Name = "pen"; Price = 1.5 }; { Name = "ink"; Price = 12.25 } ]

let rec show items =
    match items with
    | [] -> ()
    | item :: rest ->
        printfn "%-6s %6.2f" item.Name item.Price
        show rest

show items
List.sumBy (fun item -> item.Price) items
