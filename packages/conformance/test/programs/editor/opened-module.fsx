// offers: area : int -> int -> int
// never: secret
module Shapes =
    let area w h : int = w * h
    let private secret = 1
open Shapes
let a = ‸
