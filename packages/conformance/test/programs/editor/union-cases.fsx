// offers: Circle : float -> Shape; Square; Rect : float * float -> Shape
type Shape = Circle of float | Square of float | Rect of float * float
let one = Shape.‸
