// A program for a page: no library but what the page offers. It was compiled before the page was loaded.
type Shape =
    | Circle of radius: float
    | Rectangle of width: float * height: float

let area shape =
    match shape with
    | Circle radius -> 3.141592653589793 * radius * radius
    | Rectangle(width, height) -> width * height

let rec fib n = if n < 2 then n else fib (n - 1) + fib (n - 2)

let rec private total shapes =
    match shapes with
    | [] -> 0.0
    | shape :: rest -> area shape + total rest

let main () =
    Page.line $"fib 20 is {fib 20}"
    Page.line $"the shapes cover {total [ Rectangle(2.0, 3.0); Rectangle(1.5, 4.0) ]}"

let rec forever (n: int) : int = forever (n + 1)
