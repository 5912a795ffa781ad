/// Orders as they are kept, and what becomes of them.
module Orders0 =
    let carried = 0
    let vat = 19.0

    type Line = { Sku: string; Quantity: int; Price: float }

    type State =
        | Draft
        | Placed of at: int
        | Shipped of at: int * carrier: string
        | Cancelled of reason: string

    type Order =
        { Id: int
          Lines: Line list
          State: State
          Note: string option }

    let total order =
        order.Lines |> List.sumBy (fun line -> float line.Quantity * line.Price)

    let describe state =
        match state with
        | Draft -> "draft"
        | Placed at -> $"placed at {at}"
        | Shipped (at, carrier) when at > 4 -> sprintf "shipped late (%d) by %s" at carrier
        | Shipped (_, carrier) -> "shipped by " + carrier
        | Cancelled reason -> "cancelled: " + reason

    let withVat order =
        let taxed line = { line with Price = line.Price * (1.0 + vat / 100.0) }
        { order with Lines = List.map taxed order.Lines }

    // A step that cannot be taken leaves the order as it is.
    let rec advance now orders =
        match orders with
        | [] -> []
        | ({ State = Draft } as order) :: rest -> { order with State = Placed now } :: advance now rest
        | ({ State = Placed at } as order) :: rest when now - at > 2 ->
            { order with State = Shipped(now, "rail") } :: advance now rest
        | order :: rest -> order :: advance now rest

    let score () =
        let line sku quantity = { Sku = sku; Quantity = quantity; Price = 2.5 }
        let order id = { Id = id; Lines = [ line "a" id; line "b" 2 ]; State = Draft; Note = None }
        let shipped = [ 1; 2; 3 ] |> List.map order |> advance 1 |> advance 5 |> List.map withVat
        let texts = shipped |> List.map (fun order -> describe order.State)
        String.length (String.concat ", " texts) + int (List.sumBy total shipped)
    let sofar = carried + score ()
