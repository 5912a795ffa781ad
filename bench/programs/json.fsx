type Line = { sku: string; qty: int; price: int }
type Customer = { name: string; city: string }
type Order = { id: int; ``open``: bool; note: string; customer: Customer; tags: string list; lines: Line list }

let total order = order.lines |> List.fold (fun sum line -> sum + line.qty * line.price) 0

let run (text: string) =
    let orders: Order list = Json.parse text
    orders
    |> List.filter (fun order -> order.``open``)
    |> List.map (fun order -> {| id = order.id; name = order.customer.name; tags = order.tags; total = total order |})
    |> Json.stringify
    |> String.length
