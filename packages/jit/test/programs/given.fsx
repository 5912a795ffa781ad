// Functions that are given to functions: of the library, of the program, through each other, and in turn different ones.

type Tree = Node of int * Tree list

let rec depth (Node (_, children)) = 1 + (children |> List.map depth |> List.fold max 0)

let rec grow n = Node(n, List.init (n / 2) (fun i -> grow (i + n % 2)))

let rec each f items =
    match items with
    | [] -> []
    | first :: rest -> f first :: each f rest

let twice f x = f (f x)

let rec alternate f g n total = if n = 0 then total else alternate g f (n - 1) (f total)

let rec halve n = if n <= 1 then 0 else halve (n / 2)

let lists n =
    let items = List.init 6 (fun i -> i * n)
    let scaled = items |> List.map (fun x -> x * n) |> List.filter (fun x -> x % 2 = 0)
    let ended = each halve items
    let chosen = if n > 3 then (fun x -> x + 1) else (fun x -> x - 1)
    List.fold (fun sum x -> sum + x) n scaled
    + List.sum (List.map chosen items)
    + List.length ended
    + twice (fun x -> x + n) 1
    + alternate (fun x -> x + 1) (fun x -> x * 2) 7 n
    + depth (grow n)

let divided divisors = divisors |> List.map (fun d -> 12 / d) |> List.sum

let guarded divisors =
    try
        each (fun d -> 12 / d) divisors |> List.length
    with _ ->
        -1
