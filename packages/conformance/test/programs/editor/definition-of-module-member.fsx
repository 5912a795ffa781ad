// defined at 3:9
module Shapes =
    let area w h : int = w * h
let a = Shapes.‸area 1 2
