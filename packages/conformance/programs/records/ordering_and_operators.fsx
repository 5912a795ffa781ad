// sorting, comparison, structural things
type Suit = Clubs | Diamonds | Hearts | Spades
type Card = { Rank: int; Suit: Suit }
let cards = [ { Rank = 3; Suit = Spades }; { Rank = 3; Suit = Clubs }; { Rank = 1; Suit = Hearts } ]
printfn "%A" (List.sort cards |> List.map (fun c -> c.Rank, c.Suit))
printfn "%A" (List.sortBy (fun c -> c.Suit, -c.Rank) cards |> List.map (fun c -> sprintf "%d%A" c.Rank c.Suit))
printfn "%b %b" (Clubs < Hearts) (Some 1 < Some 2)
printfn "%b %b %b" (None < Some 0) (Ok 1 < Error 0) ([] < [1])
printfn "%A" (List.max [ Some 3; None; Some 7 ])
printfn "%A" (List.sort [ "b"; "A"; "a"; "B" ])
printfn "%A" (List.sort [ 'z'; 'A'; '1' ])
printfn "%A" (compare 1 2, compare "b" "a", compare [ 1 ] [ 1 ], compare (Some 1) None)
printfn "%A" (List.sortDescending [ 1.5; -2.0; 0.0 ])
printfn "%A" ([ 3, "c"; 1, "z"; 3, "a" ] |> List.sort)
printfn "%A" (Array.sortBy abs [| -3; 1; -2 |])
printfn "%A" (Seq.sortDescending [ 1; 3; 2 ] |> Seq.toList)
printfn "%A" ([ 1; 2; 3 ] = [ 1; 2; 3 ], [| 1; 2 |] = [| 1; 2 |], { Rank = 1; Suit = Clubs } = { Rank = 1; Suit = Clubs })
printfn "%A" (hash [ 1; 2 ] = hash [ 1; 2 ])
printfn "%A" (Map.ofList [ Hearts, 1; Clubs, 2 ])
printfn "%A" (Set.ofList [ { Rank = 2; Suit = Hearts }; { Rank = 1; Suit = Spades } ] |> Set.toList |> List.map (fun c -> c.Rank))
printfn "%A" (List.distinct [ [ 1 ]; [ 2 ]; [ 1 ] ])
printfn "%A" (List.groupBy (fun c -> c.Suit) cards |> List.map (fun (s, cs) -> s, List.length cs))
printfn "%A" (List.countBy (fun (s: string) -> s.[0]) [ "apple"; "avocado"; "banana" ])
printfn "%A" (max "abc" "abd", min 'a' 'b', max (Some 1) None)
printfn "%A" (List.minBy (fun (_, b) -> b) [ 1, 5; 2, 3 ])
printfn "%b" (nan = nan)
printfn "%b" ([ nan ] = [ nan ])
printfn "%b" (infinity > 1e308)
printfn "%A" (List.contains (Some 2) [ Some 1; Some 2 ])
printfn "%A" (List.tryFind ((=) "x") [ "a"; "x" ])
printfn "%A" (List.indexed [ "a"; "b" ])
printfn "%A" (List.zip [ 1; 2 ] [ "a"; "b" ] |> Map.ofList |> Map.toList)
type Tree = Leaf | Node of Tree * int * Tree
let rec insert x = function
    | Leaf -> Node (Leaf, x, Leaf)
    | Node (l, y, r) as t ->
        match compare x y with
        | 0 -> t
        | c when c < 0 -> Node (insert x l, y, r)
        | _ -> Node (l, y, insert x r)
let rec inorder = function
    | Leaf -> []
    | Node (l, x, r) -> inorder l @ x :: inorder r
let tree = List.foldBack insert [ 4; 2; 6; 1; 3 ] Leaf
printfn "%A" (inorder tree)
printfn "%b" (tree = List.foldBack insert [ 4; 2; 6; 1; 3 ] Leaf)
printfn "%A" (Node (Leaf, 1, Node (Leaf, 2, Leaf)))
printfn "%A" tree
type Money =
    | USD of float
    | EUR of float
    static member (+) (a, b) =
        match a, b with
        | USD x, USD y -> USD (x + y)
        | EUR x, EUR y -> EUR (x + y)
        | USD x, EUR y | EUR y, USD x -> USD (x + y * 1.1)
    static member Zero = USD 0.0
printfn "%A" (USD 1.0 + EUR 10.0)
printfn "%A" (List.sum [ USD 1.0; USD 2.5 ])
printfn "%A" (List.reduce (+) [ EUR 1.0; EUR 2.0 ])
type Fraction =
    { Num: int; Den: int }
    static member Create(n, d) =
        let rec gcd a b = if b = 0 then abs a else gcd b (a % b)
        let g = gcd n d
        { Num = n / g; Den = d / g }
    static member (+) (a, b) = Fraction.Create(a.Num * b.Den + b.Num * a.Den, a.Den * b.Den)
    static member (*) (a, b) = Fraction.Create(a.Num * b.Num, a.Den * b.Den)
    static member (~-) a = { a with Num = -a.Num }
    static member (-) (a: Fraction, b: Fraction) = a + (-b)
    member f.Text = sprintf "%d/%d" f.Num f.Den
let half, third = Fraction.Create(1, 2), Fraction.Create(2, 6)
printfn "%s %s %s %s" (half + third).Text (half * third).Text (half - third).Text (-half).Text
printfn "%A" (half > third)
let frac n d = Fraction.Create(n, d)
printfn "%s" ([ 1 .. 4 ] |> List.map (fun i -> frac 1 i) |> List.reduce (+)).Text
