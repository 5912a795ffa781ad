let mutable x = 1
let f () = x
x <- 5
printfn "%d" (f ())
let counter =
    let mutable n = 0
    fun () -> n <- n + 1; n
printfn "%d %d" (counter ()) (counter ())
let arr = [| for i in 1 .. 3 -> fun () -> i * i |]
printfn "%d" (arr |> Array.sumBy (fun f -> f ()))
type Cell = { mutable V: int }
let c = { V = 1 }
let d = c
d.V <- 10
printfn "%d" c.V
let e = { c with V = 3 }
c.V <- 4
printfn "%d %d" e.V c.V
let r = ref 0
let inc () = r.Value <- r.Value + 1
inc (); inc ()
printfn "%d" r.Value
