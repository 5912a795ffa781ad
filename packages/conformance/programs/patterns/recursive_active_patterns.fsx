// Active patterns that use themselves and each other, and `as` in a part of a tuple.
let rec (|Even|Odd|) n =
    match n with
    | 0 -> Even 0
    | 1 -> Odd
    | n ->
        match n - 2 with
        | Even half -> Even (half + 1)
        | Odd -> Odd

printfn "%A" [ for n in 0..5 -> match n with Even half -> half | Odd -> -1 ]

// A grammar.
let rec (|Expr|_|) tokens =
    match tokens with
    | Term (x, '+' :: Expr (y, rest)) -> Some(x + y, rest)
    | Term (x, rest) -> Some(x, rest)
    | _ -> None

and (|Term|_|) tokens =
    match tokens with
    | Factor (x, '*' :: Term (y, rest)) -> Some(x * y, rest)
    | Factor (x, rest) -> Some(x, rest)
    | _ -> None

and (|Factor|_|) tokens =
    match tokens with
    | c :: rest when c >= '0' && c <= '9' -> Some(int c - int '0', rest)
    | '(' :: Expr (x, ')' :: rest) -> Some(x, rest)
    | _ -> None

let eval text =
    match List.ofSeq text with
    | Expr (value, []) -> sprintf "%d" value
    | Expr (value, rest) -> sprintf "%d, then %A" value rest
    | _ -> "nothing"

[ "1+2*3"; "(1+2)*3"; "2*(3+4)*5+1"; "1+"; "(1" ] |> List.iter (fun text -> printfn "%s: %s" text (eval text))

// A pattern and a function of one group; the pattern is used before it is known whether its case holds anything.
let rec depth =
    function
    | Nested inner -> 1 + depth inner
    | Plain -> 0

and (|Nested|Plain|) (text: string) =
    if text.StartsWith "(" then Nested(text.Substring(1, text.Length - 2)) else Plain

printfn "%A" (List.map depth [ ""; "()"; "(())"; "((()))" ])

// Of one case, local, generic.
let length items =
    let rec (|Length|) =
        function
        | [] -> 0
        | _ :: Length n -> n + 1

    let (Length n) = items
    n

printfn "%d %d" (length [ 1; 2; 3 ]) (length [ "a" ])

module Lists =
    let rec (|Deep|Flat|) items =
        match items with
        | [] -> Flat
        | _ :: Flat -> Deep 1
        | _ :: Deep n -> Deep(n + 1)

    let rec private (|Threes|_|) n =
        if n < 3 then None
        else
            match n - 3 with
            | Threes k -> Some(k + 1)
            | _ -> Some 1

    let threes n =
        match n with
        | Threes k -> k
        | _ -> 0

open Lists
printfn "%d %d" (match [ 1; 2; 3 ] with Deep n -> n | Flat -> 0) (match [] with Lists.Deep n -> n | Flat -> 0)
printfn "%d %d" (threes 10) (threes 2)

let describe pair =
    match pair with
    | (1 | 2) as n, ("a" | "b" as s) -> sprintf "%d%s" n s
    | n, s as all when n > 10 -> sprintf "%s of %A" s all
    | Even half as n, s -> sprintf "%d twice %d, %s" half n s
    | _ -> "other"

[ 1, "a"; 2, "c"; 11, "d"; 3, "b" ] |> List.iter (describe >> printfn "%s")
