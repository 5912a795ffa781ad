type Line = { sku: string; qty: int; price: int }
type Customer = { name: string; city: string }

type Order =
    { id: int
      ``open``: bool
      note: string
      customer: Customer
      tags: string array
      lines: Line array }

let total order =
    order.lines |> Array.fold (fun sum line -> sum + line.qty * line.price) 0

let run (text: string) =
    let orders: Order array = Json.parse text
    orders
    |> Array.filter (fun order -> order.``open``)
    |> Array.map (fun order ->
        {| id = order.id; name = order.customer.name; tags = order.tags; total = total order |})
    |> Json.stringify
    |> String.length
