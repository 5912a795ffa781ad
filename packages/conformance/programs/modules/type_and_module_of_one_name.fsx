type Tree<'a> =
    | Leaf
    | Branch of left: Tree<'a> * value: 'a * right: Tree<'a>
module Tree =
    let empty = Leaf
    let rec add x = function
        | Leaf -> Branch (Leaf, x, Leaf)
        | Branch (l, v, r) as t ->
            if x < v then Branch (add x l, v, r)
            elif x > v then Branch (l, v, add x r)
            else t
    let rec fold f acc = function
        | Leaf -> acc
        | Branch (l, v, r) ->
            let acc = fold f acc l
            let acc = f acc v
            fold f acc r
    let ofList xs = List.fold (fun t x -> add x t) empty xs
let t = Tree.ofList [5; 3; 8; 3]
printfn "%d" (Tree.fold (+) 0 t)
printfn "%s" (Tree.fold (fun acc v -> acc + string v + " ") "" t)
