// offers: Square
// never: Circle
type Shape = Circle of float | Square of float
let area shape =
    match shape with
    | Circle r -> r
    | Sq‸
