// Tokenizer and parser with active patterns over char lists
type Token =
    | Num of float
    | Ident of string
    | Op of char
    | LParen
    | RParen
    | Comma

let (|Digit|_|) c = if System.Char.IsDigit c then Some(int c - int '0') else None
let (|Letter|_|) (c: char) = if System.Char.IsLetter c then Some c else None
let (|Space|_|) c = if c = ' ' || c = '\t' then Some() else None

let rec tokenize (chars: char list) =
    match chars with
    | [] -> []
    | Space :: rest -> tokenize rest
    | '(' :: rest -> LParen :: tokenize rest
    | ')' :: rest -> RParen :: tokenize rest
    | ',' :: rest -> Comma :: tokenize rest
    | Digit _ :: _ ->
        let rec number acc = function
            | Digit d :: rest -> number (acc * 10.0 + float d) rest
            | '.' :: rest -> fraction acc 0.1 rest
            | rest -> acc, rest
        and fraction acc scale = function
            | Digit d :: rest -> fraction (acc + float d * scale) (scale / 10.0) rest
            | rest -> acc, rest
        let n, rest = number 0.0 chars
        Num n :: tokenize rest
    | Letter _ :: _ ->
        let rec ident acc = function
            | Letter c :: rest -> ident (acc + string c) rest
            | rest -> acc, rest
        let name, rest = ident "" chars
        Ident name :: tokenize rest
    | c :: rest -> Op c :: tokenize rest

type Expr =
    | Const of float
    | Var of string
    | Neg of Expr
    | Bin of char * Expr * Expr
    | Call of string * Expr list

exception ParseError of string

let precedence = function
    | '+' | '-' -> 1
    | '*' | '/' -> 2
    | '^' -> 3
    | c -> raise (ParseError(sprintf "unknown operator '%c'" c))

let rec parseExpr minPrec tokens =
    let lhs, rest = parseUnary tokens
    climb lhs minPrec rest

and climb lhs minPrec tokens =
    match tokens with
    | Op c :: rest when precedence c >= minPrec ->
        let next = if c = '^' then precedence c else precedence c + 1
        let rhs, rest = parseExpr next rest
        climb (Bin(c, lhs, rhs)) minPrec rest
    | _ -> lhs, tokens

and parseUnary tokens =
    match tokens with
    | Op '-' :: rest ->
        let e, rest = parseUnary rest
        Neg e, rest
    | _ -> parseAtom tokens

and parseAtom = function
    | Num n :: rest -> Const n, rest
    | Ident f :: LParen :: rest ->
        let args, rest = parseArgs rest
        Call(f, args), rest
    | Ident x :: rest -> Var x, rest
    | LParen :: rest ->
        match parseExpr 1 rest with
        | e, RParen :: rest -> e, rest
        | _, t :: _ -> raise (ParseError(sprintf "expected ) but found %A" t))
        | _, [] -> raise (ParseError "expected ) but found end")
    | t :: _ -> raise (ParseError(sprintf "unexpected %A" t))
    | [] -> raise (ParseError "unexpected end")

and parseArgs tokens =
    match tokens with
    | RParen :: rest -> [], rest
    | _ ->
        let e, rest = parseExpr 1 tokens
        match rest with
        | Comma :: rest ->
            let es, rest = parseArgs rest
            e :: es, rest
        | RParen :: rest -> [ e ], rest
        | _ -> raise (ParseError "bad arguments")

let parse (text: string) =
    match parseExpr 1 (tokenize (List.ofSeq text)) with
    | e, [] -> Ok e
    | _, t :: _ -> Error(sprintf "trailing %A" t)

let rec eval env = function
    | Const n -> n
    | Var x ->
        match Map.tryFind x env with
        | Some v -> v
        | None -> failwithf "unbound %s" x
    | Neg e -> -(eval env e)
    | Bin(op, a, b) ->
        let x = eval env a
        let y = eval env b
        match op with
        | '+' -> x + y
        | '-' -> x - y
        | '*' -> x * y
        | '/' -> x / y
        | '^' -> x ** y
        | c -> failwithf "op %c" c
    | Call("max", args) -> args |> List.map (eval env) |> List.max
    | Call("sqrt", [ a ]) -> sqrt (eval env a)
    | Call(f, args) -> failwithf "%s/%d is unknown" f args.Length

let env = Map.ofList [ "x", 3.0; "y", 4.0 ]

for text in
    [ "1 + 2 * 3"
      "(1 + 2) * 3"
      "2 ^ 3 ^ 2"
      "-x + y"
      "sqrt(x*x + y*y)"
      "max(1, x, y, 2.5)"
      "10 / 4 - 1"
      "foo(1, 2)"
      "z + 1"
      "(1 + 2"
      "1 2"
      "1 $ 2"
      "*" ] do
    let shown =
        try
            match parse text with
            | Ok e -> sprintf "%g" (eval env e)
            | Error m -> "syntax: " + m
        with
        | ParseError m -> "parse error: " + m
        | Failure m -> "failure: " + m
    printfn "%-20s = %s" text shown

printfn "%A" (parse "1 + f(x, -2)")
printfn "%A" (tokenize (List.ofSeq "a1 +(b, 2.5)"))
