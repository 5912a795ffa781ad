// JSON model, printer and parser
type Json =
    | JNull
    | JBool of bool
    | JNumber of float
    | JString of string
    | JArray of Json list
    | JObject of (string * Json) list

module Json =
    let rec private escape (s: string) =
        s |> String.collect (fun c ->
            match c with
            | '"' -> "\\\""
            | '\\' -> "\\\\"
            | '\n' -> "\\n"
            | c -> string c)

    let rec render indent json =
        let pad = String.replicate indent "  "
        match json with
        | JNull -> "null"
        | JBool b -> if b then "true" else "false"
        | JNumber n -> sprintf "%g" n
        | JString s -> "\"" + escape s + "\""
        | JArray [] -> "[]"
        | JArray items ->
            let body =
                items
                |> List.map (fun i -> pad + "  " + render (indent + 1) i)
                |> String.concat ",\n"
            sprintf "[\n%s\n%s]" body pad
        | JObject fields ->
            let field (k, v) = $"{pad}  \"{k}\": {render (indent + 1) v}"
            "{\n" + (fields |> List.map field |> String.concat ",\n") + "\n" + pad + "}"

type Parser<'a> = Parser of (char list -> Result<'a * char list, string>)

let run (Parser p) input = p input

type ParserBuilder() =
    member _.Return x = Parser (fun s -> Ok (x, s))
    member _.ReturnFrom (p: Parser<'a>) = p
    member _.Bind (p, f) =
        Parser (fun s ->
            match run p s with
            | Ok (x, rest) -> run (f x) rest
            | Error e -> Error e)
    member _.Zero () = Parser (fun s -> Ok ((), s))
    member _.Delay f = Parser (fun s -> run (f ()) s)

let parser = ParserBuilder()

let (<|>) a b = Parser (fun s -> match run a s with Ok r -> Ok r | Error _ -> run b s)
let (<?>) p label = Parser (fun s -> match run p s with Ok r -> Ok r | Error _ -> Error (sprintf "expected %s" label))
let satisfy f = Parser (function c :: rest when f c -> Ok (c, rest) | c :: _ -> Error (sprintf "unexpected '%c'" c) | [] -> Error "unexpected end")
let pchar c = satisfy ((=) c)
let rec many p =
    Parser (fun s ->
        match run p s with
        | Error _ -> Ok ([], s)
        | Ok (x, rest) ->
            match run (many p) rest with
            | Ok (xs, rest) -> Ok (x :: xs, rest)
            | Error e -> Error e)
let spaces = many (satisfy (fun c -> c = ' ' || c = '\n' || c = '\t'))
let token p = parser {
    let! x = p
    let! _ = spaces
    return x }
let symbol c = token (pchar c)
let rec text cs =
    match cs with
    | [] -> parser { return () }
    | c :: rest ->
        parser {
            let! _ = pchar c
            return! text rest
        }
let keyword (s: string) value =
    token (parser {
        do! text (List.ofSeq s)
        return value
    })
let sepBy p sep =
    parser {
        let! first = p
        let! rest = many (parser {
            let! _ = sep
            return! p })
        return first :: rest
    } <|> parser { return [] }
let number =
    token (parser {
        let! digits = many (satisfy (fun c -> System.Char.IsDigit c || c = '.' || c = '-'))
        match digits with
        | [] -> return! Parser (fun _ -> Error "not a number")
        | ds -> return ds |> List.map string |> String.concat "" |> float
    }) <?> "number"
let quoted =
    token (parser {
        let! _ = pchar '"'
        let! cs = many (satisfy (fun c -> c <> '"'))
        let! _ = pchar '"'
        return cs |> List.map string |> String.concat ""
    })
let rec value () : Parser<Json> =
    Parser (fun s -> run (keyword "null" JNull <|> keyword "true" (JBool true) <|> keyword "false" (JBool false)
                          <|> parser {
                              let! s = quoted
                              return JString s }
                          <|> list ()
                          <|> object ()
                          <|> parser {
                              let! n = number
                              return JNumber n }) s)
and list () =
    parser {
        let! _ = symbol '['
        let! items = sepBy (value ()) (symbol ',')
        let! _ = symbol ']'
        return JArray items
    }
and object () =
    parser {
        let! _ = symbol '{'
        let! fields =
            sepBy
                (parser {
                    let! k = quoted
                    let! _ = symbol ':'
                    let! v = value ()
                    return k, v
                })
                (symbol ',')
        let! _ = symbol '}'
        return JObject fields
    }
let parse (s: string) =
    match run (value ()) (List.ofSeq s) with
    | Ok (v, []) -> Ok v
    | Ok (_, c :: _) -> Error (sprintf "trailing %c" c)
    | Error e -> Error e
let sample = """{"name": "Ada", "tags": ["x", "y"], "age": 36.5, "none": null, "ok": true, "sub": {"empty": []}}"""
match parse sample with
| Ok j ->
    printfn "%s" (Json.render 0 j)
    printfn "%A" j
| Error e -> printfn "failed: %s" e
for bad in [ "[1, 2"; "{\"a\" 1}"; "[1] x"; "" ] do
    printfn "%A" (parse bad)
