// Patterns of every kind, and the order in which they are tried.
type Shape =
    | Dot
    | Circle of float
    | Rect of width: float * height: float
    | Group of Shape list
exception Wrong of int * string

let describe s =
    match s with
    | Dot -> "dot"
    | Circle r when r > 10.0 -> "big circle"
    | Circle 1.0 | Rect (1.0, 1.0) -> "unit"
    | Circle _ -> "circle"
    | Rect (w, h) when w = h -> "square"
    | Rect (width = w) -> sprintf "rect %g" w
    | Group [] -> "nothing"
    | Group [ one ] -> "just one"
    | Group (Dot :: _ :: _ as all) -> sprintf "dots first of %d" (List.length all)
    | Group _ -> "group"
for s in [ Dot; Circle 11.0; Circle 1.0; Rect (1.0, 1.0); Circle 3.0; Rect (2.0, 2.0); Rect (4.0, 2.0); Group []; Group [ Dot ]; Group [ Dot; Dot; Dot ]; Group [ Circle 1.0; Dot ] ] do
    printf "%s, " (describe s)
printfn ""

let number n =
    match n with
    | 0 | 1 -> "small"
    | 2 -> "two"
    | 3 -> "three"
    | 4 | 5 | 6 -> "some"
    | -1 -> "negative"
    | 9223372036854775807L -> "largest"
    | _ when n < 0 -> "below"
    | _ -> "many"
printfn "%s" (String.concat " " (List.map number [ 0; 1; 2; 3; 5; -1; 9223372036854775807L; -7; 70 ]))

let word w = match w with "a" | "b" -> 1 | "" -> 2 | s when s.Length > 3 -> 3 | _ -> 4
printfn "%A" (List.map word [ "a"; "b"; ""; "long word"; "ab" ])

let lists a b =
    match a, b with
    | [], [] -> "both empty"
    | [], _ -> "left empty"
    | _, [] -> "right empty"
    | [ x ], [ y ] -> sprintf "one each %d" (x + y)
    | x :: _, _ :: y :: _ -> sprintf "%d %d" x y
    | x :: y :: _, [ z ] -> sprintf "%d" (x + y + z)
printfn "%s; %s; %s; %s; %s; %s" (lists [] []) (lists [] [ 1 ]) (lists [ 1 ] []) (lists [ 1 ] [ 2 ]) (lists [ 1; 2 ] [ 3; 4 ]) (lists [ 1; 2 ] [ 3 ])

let arrays a = match a with [||] -> 0 | [| x |] -> x | [| 1; y |] -> y | [| _; _ |] -> -2 | [| _; _; z |] -> z | _ -> -1
printfn "%A" (List.map arrays [ [||]; [| 5 |]; [| 1; 7 |]; [| 2; 7 |]; [| 1; 2; 3 |]; [| 1; 2; 3; 4 |] ])

let (|Even|Odd|) n = if n % 2 = 0 then Even else Odd n
let (|Multiple|_|) k n = if n % k = 0 then Some (n / k) else None
let classify n =
    match n with
    | Multiple 5 k -> sprintf "5*%d" k
    | Even -> "even"
    | Multiple 3 k -> sprintf "3*%d" k
    | Odd x -> sprintf "odd %d" x
printfn "%s" (String.concat " " (List.map classify [ 10; 4; 9; 7 ]))

let caught f =
    try f () with
    | Wrong (n, "x") -> n
    | Wrong (n, _) when n > 5 -> -n
    | Wrong _ -> 0
    | Failure "a" -> 1
    | Failure m -> m.Length
    | :? IndexOutOfRangeException -> 404
    | _ -> 999
printfn "%A" (List.map caught [ (fun () -> raise (Wrong (3, "x"))); (fun () -> raise (Wrong (6, "y"))); (fun () -> raise (Wrong (1, "y"))); (fun () -> failwith "a"); (fun () -> failwith "abc"); (fun () -> [| 1 |].[2]); (fun () -> 1 / 0) ])

let dynamic (v: any) =
    match v with
    | :? int as i -> sprintf "int %d" (i + 1)
    | :? float as f -> sprintf "float %g" (f * 2.0)
    | :? string as s -> "string " + s
    | :? bool -> "bool"
    | _ -> "other"
printfn "%s" (String.concat ", " [ dynamic 1; dynamic 2.0; dynamic "s"; dynamic true; dynamic [ 1 ] ])

let (a, (b, [ c; d ])) = (1, (2, [ 3; 4 ]))
let { width = w } = {| width = 5; height = 6 |}
printfn "%d %d" (a + b + c + d) w
let f (x, y) { width = w } [ z ] = x + y + w + z
printfn "%d" (f (1, 2) {| width = 3; height = 0 |} [ 4 ])
printfn "%s" (try (let [ q ] = [ 1; 2 ] in string q) with e -> e.Message)
printfn "%s" (try (match 5, [ 1 ] with | 4, _ -> "four" | _, [] -> "empty") with e -> e.Message)
for (k, 1) in [ (1, 1); (2, 2); (3, 1) ] do printf "%d " k
printfn ""
