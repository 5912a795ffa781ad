// tokenizer + recursive descent parser
type Token =
    | TNum of float
    | TOp of char
    | TLParen
    | TRParen
    | TIdent of string

let tokenize (input: string) =
    let rec loop i acc =
        if i >= input.Length then List.rev acc
        else
            match input.[i] with
            | ' ' | '\t' -> loop (i + 1) acc
            | '(' -> loop (i + 1) (TLParen :: acc)
            | ')' -> loop (i + 1) (TRParen :: acc)
            | c when System.Char.IsDigit c ->
                let mutable j = i
                while j < input.Length && (System.Char.IsDigit input.[j] || input.[j] = '.') do
                    j <- j + 1
                loop j (TNum (float input.[i..j-1]) :: acc)
            | c when System.Char.IsLetter c ->
                let mutable j = i
                while j < input.Length && System.Char.IsLetterOrDigit input.[j] do
                    j <- j + 1
                loop j (TIdent (input.Substring(i, j - i)) :: acc)
            | '+' | '-' | '*' | '/' | '^' as c -> loop (i + 1) (TOp c :: acc)
            | c -> failwithf "unexpected '%c' at %d" c i
    loop 0 []

type Expr =
    | Num of float
    | Var of string
    | Bin of char * Expr * Expr
    | Neg of Expr

let prec = function
    | '+' | '-' -> 1
    | '*' | '/' -> 2
    | '^' -> 3
    | _ -> 0

let parse tokens =
    let rec expr minPrec toks =
        let lhs, rest = atom toks
        climb minPrec lhs rest
    and climb minPrec lhs toks =
        match toks with
        | TOp op :: rest when prec op >= minPrec ->
            let next = if op = '^' then prec op else prec op + 1
            let rhs, rest' = expr next rest
            climb minPrec (Bin (op, lhs, rhs)) rest'
        | _ -> lhs, toks
    and atom = function
        | TNum n :: rest -> Num n, rest
        | TIdent v :: rest -> Var v, rest
        | TOp '-' :: rest ->
            let e, rest = expr 3 rest
            Neg e, rest
        | TLParen :: rest ->
            match expr 1 rest with
            | e, TRParen :: rest -> e, rest
            | _ -> failwith "expected )"
        | t -> failwithf "unexpected end or token, %d left" (List.length t)
    match expr 1 tokens with
    | e, [] -> e
    | _, rest -> failwithf "trailing: %d" (List.length rest)

let rec eval env = function
    | Num n -> n
    | Var v ->
        match Map.tryFind v env with
        | Some x -> x
        | None -> failwithf "unbound %s" v
    | Neg e -> -(eval env e)
    | Bin (op, a, b) ->
        let x, y = eval env a, eval env b
        match op with
        | '+' -> x + y
        | '-' -> x - y
        | '*' -> x * y
        | '/' -> x / y
        | '^' -> x ** y
        | _ -> failwith "bad op"

let env = Map.ofList [ "x", 3.0; "y", 4.0 ]
for src in [ "1 + 2 * 3"; "(1 + 2) * 3"; "2 ^ 3 ^ 2"; "-x + y"; "x * (y - 1) / 2"; "1 +"; "z"; "1 $ 2"; "(1" ] do
    try printfn "%s = %.2f" src (tokenize src |> parse |> eval env)
    with Failure msg -> printfn "%s -> error: %s" src msg
