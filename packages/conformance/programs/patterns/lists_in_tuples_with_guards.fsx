// Rules that look at a list beside other parts, some of which only some rules look at.
type Shape =
    | Point
    | Circle of int
    | Pair of Shape * bool

let describe number subject =
    match subject with
    | ([], Pair ((_ | _), _), _) -> "no names, a pair"
    | ((_ | []), _, (0 | _)) when number > 0 -> "number"
    | _ -> "none"

let route hops subject =
    match subject with
    | [], Circle r, _ when r > hops -> sprintf "circle %d" r
    | [ only ], _, 0 -> sprintf "only %s" only
    | first :: _, Pair (Circle r, true), n when n > r -> sprintf "%s in %d of %d" first r n
    | [], _, n when n > 9 -> sprintf "far %d" n
    | names, Pair _, 1 -> sprintf "%d in pair" (List.length names)
    | [], Point, _ -> "here"
    | _, _, n -> sprintf "other %d" n

for number in [ 0; 1 ] do
    for names in [ []; [ "a" ]; [ "a"; "b" ] ] do
        for shape in [ Point; Pair (Point, true) ] do
            printfn "%d %d %A: %s" number (List.length names) shape (describe number (names, shape, number))

for names in [ []; [ "a" ]; [ "a"; "b" ] ] do
    for shape in [ Point; Circle 3; Pair (Circle 2, true); Pair (Circle 2, false) ] do
        [ 0; 1; 3; 10 ] |> List.map (fun n -> route 2 (names, shape, n)) |> String.concat ", " |> printfn "%s"
