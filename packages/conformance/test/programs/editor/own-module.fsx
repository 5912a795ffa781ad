// offers: area; Solids; Shape
// never: secret, List
module Shapes =
    type Shape = Dot
    let area w h : int = w * h
    let private secret = 1
    module Solids =
        let volume w h d : int = w * h * d
let a = Shapes.‸
