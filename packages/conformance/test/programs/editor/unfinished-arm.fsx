// offers: Circle : float -> Shape
// never: Rect
type Shape =
    | Circle of float
    | Rect of float * float
let area shape =
    match shape with
    | Rect (w, h) -> w * h
    | Cir‸
let after = 3
