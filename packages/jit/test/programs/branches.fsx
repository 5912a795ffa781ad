type Tree =
    | Leaf of int
    | Negated of Tree
    | Sum of Tree * Tree
    | Chosen of Tree * Tree * Tree

let rec fib n = if n < 2 then n else fib (n - 1) + fib (n - 2)

let mutable seen = 0

let rec evaluate tree =
    match tree with
    | Leaf value ->
        seen <- seen + 1
        value
    | Negated inner -> -(evaluate inner)
    | Sum (left, right) -> evaluate left + evaluate right
    | Chosen (condition, yes, no) -> if evaluate condition > 0 then evaluate yes else evaluate no

let branches n =
    let tree = Chosen(Sum(Leaf n, Negated(Leaf 1)), Sum(Leaf 2, Leaf n), Negated(Sum(Leaf n, Leaf n)))
    let value = evaluate tree
    if value < 0 then 0
    elif value < 10 then 1
    elif value = n then 2
    else value / (n - 9)

let count () = seen
