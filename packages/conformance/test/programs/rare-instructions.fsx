// Uses the instructions that the programs of the corpus do not: bits, conversions, indexes, open records, values of type any.
exception Bad of string * int

type Shape =
    | Dot
    | Disc of int
    | Box of int * int

type Cell = { mutable count: int; port: int }
type Server = { port: int; host: string }

let bits a b = ((a &&& b), (a ||| b), (a ^^^ b), ~~~a, (a <<< 3), (a >>> 2))
printfn "%A" (bits 12 10)

let negated (x: float) = -x
printfn "%A" (negated 2.5, float 3, int 3.9)

let text = "Grüße"
printfn "%d %c" text.Length text.[2]

let numbers = [| 1; 2; 3 |]
let put i v = numbers.[i] <- v
put 1 20
printfn "%A" numbers

let portOf thing = thing.port
let moved thing = { thing with port = portOf thing + 1 }
let cell: Cell = { count = 1; port = 80 }
let server = { port = 443; host = "a" }
printfn "%d %d" (portOf cell) (portOf server)
printfn "%d %s" (moved server).port (moved server).host
let extended = {| server = "b"; port = 1 |}
printfn "%d" (moved extended).port

let discs = List.map Disc [ 1; 2 ]
let area shape =
    match shape with
    | Dot -> 0
    | Disc r -> 3 * r * r
    | Box (w, h) -> w * h
printfn "%A %d" discs (area (Box(2, 3)))

let name n =
    match n with
    | 0 -> "zero"
    | 1 -> "one"
    | 2 -> "two"
    | 3 -> "three"
    | 4 -> "four"
    | _ -> "many"
printfn "%s %s" (name 3) (name 30)
let unequal n = if n <> 7 then "other" else "seven"
printfn "%s" (unequal 7)

let twice (x: any) (y: any) = x + y
printfn "%A" (twice 1 2)
let dynamic: any list = [ 1; 2.5; 2.0; 'c'; "s" ]
for value in dynamic do
    match value with
    | :? float as f -> printfn "float %f" f
    | :? int as n -> printfn "int %d" n
    | :? char as c -> printfn "char %c" c
    | :? string as s -> printfn "string %s" s
    | _ -> printfn "other"
let nothing: any = null
printfn "%s" (match nothing with null -> "null" | _ -> "some")
let bump thing = thing.count <- thing.count + 1
bump cell
printfn "%d" cell.count
let third n = float n / 3.0
printfn "%d %f" (int (third 8)) (third 8)
printfn "%d" (String.length (string (third 8)))

let outer n =
    let rec down k = if k = 0 then n else 1 + down (k - 1)
    down
printfn "%d" (outer 5 3)
let pair n =
    let rec even k = k = 0 || odd (k - 1)
    and odd k = k <> n && k <> 0 && even (k - 1)
    even 4, odd 3
printfn "%A" (pair 100)

let attempt f =
    try
        f ()
    with
    | :? System.DivideByZeroException -> "zero"
    | Bad (what, n) when n > 1 -> what
    | :? ArgumentException -> "argument"
    | e -> "some " + e.Message
printfn "%s" (attempt (fun () -> string (1 / (cell.count - 2))))
printfn "%s" (attempt (fun () -> raise (Bad("bad", 2))))
printfn "%s" (attempt (fun () -> failwith "thing"))
