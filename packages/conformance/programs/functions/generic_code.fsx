// generic code, higher-order, polymorphism
let twice f = f >> f
printfn "%d %s" (twice ((+) 1) 5) (twice (fun s -> s + "!") "a")
let pair x = x, x
let (a, b), (c, d) = pair 1, pair "x"
printfn "%d%d%s%s" a b c d
let rec map f = function [] -> [] | x :: xs -> f x :: map f xs
printfn "%A %A" (map string [ 1; 2 ]) (map String.length [ "a"; "bb" ])
type Box<'a> = Box of 'a
module Box =
    let map f (Box x) = Box (f x)
    let value (Box x) = x
    let apply (Box f) (Box x) = Box (f x)
printfn "%A" (Box 3 |> Box.map ((*) 2) |> Box.map string)
printfn "%d" (Box.apply (Box ((+) 1)) (Box 4) |> Box.value)
type Either<'l, 'r> =
    | Left of 'l
    | Right of 'r
    member e.IsLeft = match e with Left _ -> true | Right _ -> false
    static member OfOption(o: 'r option, l: 'l) : Either<'l, 'r> = match o with Some r -> Right r | None -> Left l
printfn "%A %b" (Either.OfOption(Some 1, "none")) (Either.OfOption(None, "none") : Either<string, int>).IsLeft
type Monoid<'a> = { Zero: 'a; Plus: 'a -> 'a -> 'a }
let intSum = { Zero = 0; Plus = (+) }
let strCat = { Zero = ""; Plus = (+) }
let listCat () = { Zero = []; Plus = (@) }
let mconcat m xs = List.fold m.Plus m.Zero xs
printfn "%d %s %A" (mconcat intSum [ 1; 2; 3 ]) (mconcat strCat [ "a"; "b" ]) (mconcat (listCat ()) [ [ 1 ]; [ 2 ] ])
let pairMonoid m1 m2 = { Zero = m1.Zero, m2.Zero; Plus = fun (a, b) (c, d) -> m1.Plus a c, m2.Plus b d }
printfn "%A" (mconcat (pairMonoid intSum strCat) [ 1, "x"; 2, "y" ])
type Parser<'a> = Parser of (char list -> ('a * char list) option)
let run (Parser p) s = p (Seq.toList s)
let satisfy f = Parser (function c :: rest when f c -> Some (c, rest) | _ -> None)
let pchar c = satisfy ((=) c)
let (>>=) (Parser p) f = Parser (fun s -> match p s with None -> None | Some (a, rest) -> let (Parser q) = f a in q rest)
let ret x = Parser (fun s -> Some (x, s))
let (<|>) (Parser p) (Parser q) = Parser (fun s -> match p s with None -> q s | r -> r)
let (|>>) p f = p >>= (f >> ret)
let (.>>.) p q = p >>= fun a -> q |>> fun b -> a, b
let (.>>) p q = p .>>. q |>> fst
let (>>.) p q = p .>>. q |>> snd
let rec many p = (p >>= fun x -> many p |>> fun xs -> x :: xs) <|> ret []
let many1 p = p >>= fun x -> many p |>> fun xs -> x :: xs
let digit = satisfy System.Char.IsDigit
let number = many1 digit |>> (fun ds -> ds |> List.map string |> String.concat "" |> int)
let spaces = many (pchar ' ')
let token p = p .>> spaces
let chainl1 p op =
    let rec rest acc = (op >>= fun f -> p >>= fun y -> rest (f acc y)) <|> ret acc
    p >>= rest
let addOp = (token (pchar '+') |>> fun _ -> (+)) <|> (token (pchar '-') |>> fun _ -> (-))
let mulOp = (token (pchar '*') |>> fun _ -> (*)) <|> (token (pchar '/') |>> fun _ -> (/))
let rec factor s =
    (token number
     <|> (token (pchar '(') >>. Parser (fun s -> let (Parser e) = expr () in e s) .>> token (pchar ')')))
    |> fun (Parser p) -> p s
and expr () = chainl1 (chainl1 (Parser factor) mulOp) addOp
for e in [ "1 + 2 * 3"; "(1 + 2) * 3"; "10 / 2 - 3"; "x" ] do
    match run (expr ()) e with
    | Some (v, []) -> printfn "%s = %d" e v
    | Some (v, rest) -> printfn "%s = %d, left %A" e v rest
    | None -> printfn "%s fails" e
let fix f = let rec g x = f g x in g
printfn "%d" (fix (fun self n -> if n <= 1 then 1 else n * self (n - 1)) 10)
let church n f = List.fold (>>) id (List.replicate n f)
printfn "%d" (church 5 ((+) 2) 0)
let rec foldr f z = function [] -> z | x :: xs -> f x (foldr f z xs)
printfn "%A" (foldr (fun x acc -> acc @ [ x ]) [] [ 1; 2; 3 ])
let lens get set = get, set
let over (get, set) f x = set (f (get x)) x
type P = { N: int; Q: string }
let nLens = lens (fun p -> p.N) (fun n p -> { p with N = n })
printfn "%A" (over nLens ((+) 5) { N = 1; Q = "q" })
let state = ref 0
let tick () = state.Value <- state.Value + 1; state.Value
printfn "%A" [ tick (); tick (); tick () ]
printfn "%A" (List.init 3 (fun _ -> tick ()))
