// offers: Circle; Square
// never: List2, area, let
type Shape = Circle of float | Square of float
let area shape =
    match shape with
    | Circle r -> r
    | ‸
