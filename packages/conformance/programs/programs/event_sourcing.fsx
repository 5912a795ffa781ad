module Domain =
    type OrderId = OrderId of int
    type Event =
        | Created of OrderId * customer: string
        | ItemAdded of sku: string * qty: int * price: float
        | ItemRemoved of sku: string
        | Discounted of percent: float
        | Paid of float
        | Shipped

    type Line = { Sku: string; Qty: int; Price: float }

    type Order =
        { Id: OrderId
          Customer: string
          Lines: Line list
          Discount: float
          Status: Status }
        member this.Total =
            let gross = this.Lines |> List.sumBy (fun l -> float l.Qty * l.Price)
            gross * (1.0 - this.Discount / 100.0)
        static member Empty = { Id = OrderId 0; Customer = ""; Lines = []; Discount = 0.0; Status = Draft }

    and Status =
        | Draft
        | Complete
        | Sent

open Domain

module Order =
    let apply (order: Order) event =
        match event with
        | Created(id, customer) -> { order with Id = id; Customer = customer }
        | ItemAdded(sku, qty, price) ->
            let existing, others = order.Lines |> List.partition (fun l -> l.Sku = sku)
            let line =
                match existing with
                | [ l ] -> { l with Qty = l.Qty + qty }
                | _ -> { Sku = sku; Qty = qty; Price = price }
            { order with Lines = others @ [ line ] }
        | ItemRemoved sku -> { order with Lines = order.Lines |> List.filter (fun l -> l.Sku <> sku) }
        | Discounted percent -> { order with Discount = percent }
        | Paid _ -> { order with Status = Complete }
        | Shipped -> { order with Status = Sent }

    let replay events = events |> Seq.fold apply Order.Empty

    let decide (order: Order) command =
        match order.Status, command with
        | Draft, "pay" when List.isEmpty order.Lines -> Error "nothing to pay"
        | Draft, "pay" -> Ok [ Paid order.Total ]
        | Complete, "ship" -> Ok [ Shipped ]
        | Sent, _ -> Error "already sent"
        | status, command -> Error(sprintf "cannot %s in %A" command status)

let events =
    [ Created(OrderId 42, "Ann")
      ItemAdded("pen", 10, 1.25)
      ItemAdded("ink", 1, 8.0)
      ItemAdded("pen", 2, 1.25)
      ItemRemoved "ink"
      Discounted 10.0 ]

let order = Order.replay events
printfn "%s %A %.3f" order.Customer order.Id order.Total
printfn "%A" order.Lines

let mutable log = events
let handle command =
    let state = Order.replay log
    match Order.decide state command with
    | Ok news ->
        log <- log @ news
        printfn "%-5s -> %A" command news
    | Error reason -> printfn "%-5s -> rejected, %s" command reason

List.iter handle [ "ship"; "pay"; "pay"; "ship"; "ship" ]
printfn "%d events, %A" (List.length log) (Order.replay log).Status
printfn "%A" (Order.replay log)

let snapshots = log |> List.scan Order.apply Order.Empty |> List.map (fun o -> o.Total)
printfn "%A" snapshots
let stats =
    log
    |> List.countBy (function
        | Created _ -> "created"
        | ItemAdded _ | ItemRemoved _ -> "items"
        | Discounted _ | Paid _ -> "money"
        | Shipped -> "shipping")
printfn "%A" stats
