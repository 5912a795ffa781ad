module Geometry =
    let pi = 3.0
    module Shapes =
        type Sq = { Side: float }
        let area s = s.Side * s.Side
        let private secret = 3
        let pub () = secret
    let area r = pi * r * r
open Geometry.Shapes
printfn "%f %f" (Geometry.area 2.0) (area { Side = 3.0 })
module G = Geometry.Shapes
printfn "%d" (G.pub ())
[<AutoOpen>]
module Helpers =
    let double x = x * 2
    type Kind = A | B
printfn "%d %A" (double 4) A
module rec R =
    let f x = if x = 0 then 0 else g (x - 1)
    let g x = f x
printfn "%d" (R.f 3)
module Counter =
    let mutable private count = 0
    let next () =
        count <- count + 1
        count
printfn "%d %d" (Counter.next ()) (Counter.next ())
let x : Geometry.Shapes.Sq = { Geometry.Shapes.Side = 1.0 }
printfn "%A" x
module Ops =
    let (+.) a b = a + b + 0.5
    let inline (|>>) x f = f x
open Ops
printfn "%f" (1.0 +. 2.0 |>> id)
