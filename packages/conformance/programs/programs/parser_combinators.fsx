// monadic parser combinators
type Parser<'a> = Parser of (char list -> ('a * char list) option)
let run (Parser p) input = p input
let pchar c = Parser (function x :: rest when x = c -> Some (c, rest) | _ -> None)
let satisfy pred = Parser (function x :: rest when pred x -> Some (x, rest) | _ -> None)
let (>>=) p f = Parser (fun s -> match run p s with Some (a, rest) -> run (f a) rest | None -> None)
let preturn x = Parser (fun s -> Some (x, s))
let (<|>) a b = Parser (fun s -> match run a s with None -> run b s | r -> r)
let (|>>) p f = p >>= (f >> preturn)
let (.>>) a b = a >>= fun x -> b >>= fun _ -> preturn x
let (>>.) a b = a >>= fun _ -> b
let rec many p = Parser (fun s ->
    match run p s with
    | None -> Some ([], s)
    | Some (x, rest) ->
        match run (many p) rest with
        | Some (xs, rest) -> Some (x :: xs, rest)
        | None -> Some ([ x ], rest))
let many1 p = p >>= fun x -> many p |>> fun xs -> x :: xs
let digit = satisfy System.Char.IsDigit
let number = many1 digit |>> (fun ds -> ds |> List.map string |> String.concat "" |> int)
let spaces = many (pchar ' ')
let tok p = p .>> spaces
let sepBy1 p sep = p >>= fun x -> many (sep >>. p) |>> fun xs -> x :: xs
type ParserBuilder() =
    member _.Bind(p, f) = p >>= f
    member _.Return x = preturn x
    member _.ReturnFrom p = p
let parser = ParserBuilder()
let rec expr () = parser {
    let! first = term ()
    let! rest = many (parser {
        let! op = tok (pchar '+') <|> tok (pchar '-')
        let! t = term ()
        return (op, t) })
    return List.fold (fun acc (op, t) -> if op = '+' then acc + t else acc - t) first rest }
and term () = parser {
    let! first = factor ()
    let! rest = many (tok (pchar '*') >>. factor ())
    return List.fold (*) first rest }
and factor () =
    tok number <|> Parser (fun s -> run (tok (pchar '(') >>. expr () .>> tok (pchar ')')) s)
let calc (s: string) =
    match run (spaces >>. expr ()) (List.ofArray (s.ToCharArray())) with
    | Some (v, []) -> sprintf "%d" v
    | Some (v, rest) -> sprintf "%d, left %d" v (List.length rest)
    | None -> "no parse"
for s in [ "1 + 2 * 3"; " (1+2)*3 - 4"; "2*(3+4)*5"; "x"; "1 +" ] do printfn "%s: %s" s (calc s)
match run (sepBy1 number (pchar ',')) (List.ofArray ("1,22,333".ToCharArray())) with
| Some (xs, _) -> printfn "%d" (List.sum xs)
| None -> printfn "none"
