type Shape =
    | Rect of width: float * height: float
    | Circle of radius: float
    | Box of float * float * depth: float

exception Refused of code: int * reason: string

let shapes =
    [ Rect(width = 1.0, height = 2.0)
      Rect(height = 3.0, width = 2.0)
      Rect(1.5, height = 2.0)
      Circle(radius = 2.0)
      Box(1.0, 2.0, depth = 3.0) ]

let area shape =
    match shape with
    | Rect(width = w; height = h) -> w * h
    | Circle(radius = r) -> 3.0 * r * r
    | Box(depth = d) -> d

let isFlat =
    function
    | Rect(height = h) when h < 2.5 -> true
    | Circle _ -> false
    | Rect _
    | Box _ -> false

for shape in shapes do
    printfn "%A %.2f %b" shape (area shape) (isFlat shape)

try
    raise (Refused(reason = "no funds", code = 7))
with Refused(reason = why; code = number) -> printfn "%d: %s" number why
