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

type Particle = { mutable At: float; Speed: float }

let samples = [| 1.5; 0.0; -2.25; 9.0 |]
let shift (values: float[]) (by: float) =
    for i = 0 to values.Length - 1 do
        values.[i] <- values.[i] + by
    let mutable largest = values.[0]
    for value in values do
        if value > largest then largest <- value
    sqrt (abs largest)
printfn "%f" (shift samples 1.0)

let order (a: float) (b: float) =
    let same = a = b
    let other = a <> b
    let before = a < b
    let notAfter = a <= b
    printfn "%b %b %b %b" same other before notAfter
    if a = b then "same"
    elif not (a <> b * 2.0) then "twice"
    elif not (a < b || a <= b + 1.0) then "far above"
    elif a < b then "below"
    else "above"
printfn "%s %s %s %s" (order 1.0 1.0) (order 4.0 2.0) (order 9.0 1.0) (order nan 1.0)

let run (particle: Particle) (until: float) =
    let mutable steps = 0
    while particle.At < until && not (particle.At >= 1000.0) do
        particle.At <- particle.At + particle.Speed * 0.5
        steps <- steps + 1
    steps
let particle = { At = 0.0; Speed = 3.0 }
printfn "%d %f" (run particle 10.0) particle.At

let average (values: float list) =
    let rec sum (total: float) rest =
        match rest with
        | [] -> total
        | first :: others -> sum (total + first) others
    let counted = float (List.length values)
    let scaled = List.map (fun value -> value / counted) values
    sum 0.0 scaled
printfn "%f" (average [ 1.0; 2.5; 4.0 ])

let classify (x: float) =
    match x with
    | 0.0 -> "zero"
    | 1.0 -> "one"
    | y when y > 10.0 -> "large " + string (y * 2.0)
    | y -> "other " + string y
printfn "%s %s %s %s" (classify 0.0) (classify 1.0) (classify 11.0) (classify 2.5)

let guarded (x: float) =
    let mutable result = x * 2.0
    try
        try
            result <- result + float (int (x / 0.0))
        finally
            result <- result - 1.0
    with e -> printfn "%s" e.Message
    result
printfn "%f" (guarded 2.0)

let best (pairs: (float * float) list) =
    let mutable low = 1.0 / 0.0
    for (x, y) in pairs do
        let distance = x * x + y * y
        low <- min low distance
        if distance < 1.0 then printfn "near %f" distance
    let (a, b) = pairs.[0]
    low + a * b + (if a > b then a else -b) ** 2.0
printfn "%f" (best [ (0.5, 0.5); (3.0, 4.0) ])
