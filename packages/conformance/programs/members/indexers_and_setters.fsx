type Grid(w: int, h: int) =
  let cells = Array.create (w * h) 0
  member _.Item
    with get (x, y) = cells.[y * w + x]
    and set (x, y) v = cells.[y * w + x] <- v
  member _.Width = w
let g = Grid(3, 2)
g.[1, 1] <- 5
printfn "%d" g.[1, 1]
printfn "%d" (g[1, 1])
type Bag = { Items: int list } with
  member this.Item with get(i) = this.Items.[i]
let b = { Items = [1;2] }
printfn "%d" b.[1]
type Counter() =
  let mutable n = 0
  member _.Value with get() = n and set v = n <- v
  member this.Inc() = this.Value <- this.Value + 1
let c = Counter()
c.Inc()
c.Value <- c.Value + 10
printfn "%d" c.Value
