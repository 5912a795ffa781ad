// offers: List; Shapes
// never: let, text
module Shapes =
    let a = 1
let text = ""
open ‸
