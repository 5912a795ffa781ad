type Tree<'a when 'a: comparison> =
    | Leaf
    | Node of left: Tree<'a> * value: 'a * right: Tree<'a>

    member this.IsEmpty = match this with Leaf -> true | Node _ -> false

    member this.Count =
        match this with
        | Leaf -> 0
        | Node(l, _, r) -> l.Count + 1 + r.Count

    member this.Height =
        match this with
        | Leaf -> 0
        | Node(l, _, r) -> 1 + max l.Height r.Height

    member this.Insert x =
        match this with
        | Leaf -> Node(Leaf, x, Leaf)
        | Node(l, v, r) when x < v -> Node(l.Insert x, v, r)
        | Node(l, v, r) when x > v -> Node(l, v, r.Insert x)
        | same -> same

    member this.Contains x =
        match this with
        | Leaf -> false
        | Node(l, v, r) ->
            if x = v then true
            elif x < v then l.Contains x
            else r.Contains x

    static member OfList(xs: 'a list) = List.fold (fun (t: Tree<'a>) x -> t.Insert x) Leaf xs

module Tree =
    let rec toSeq tree =
        seq {
            match tree with
            | Leaf -> ()
            | Node(l, v, r) ->
                yield! toSeq l
                yield v
                yield! toSeq r
        }

    let rec map f = function
        | Leaf -> Leaf
        | Node(l, v, r) -> Node(map f l, f v, map f r)

    let rec foldBack f tree acc =
        match tree with
        | Leaf -> acc
        | Node(l, v, r) -> foldBack f l (f v (foldBack f r acc))

    let rec tryMin = function
        | Leaf -> None
        | Node(Leaf, v, _) -> Some v
        | Node(l, _, _) -> tryMin l

    let rec remove x tree =
        match tree with
        | Leaf -> Leaf
        | Node(l, v, r) when x < v -> Node(remove x l, v, r)
        | Node(l, v, r) when x > v -> Node(l, v, remove x r)
        | Node(l, _, Leaf) -> l
        | Node(Leaf, _, r) -> r
        | Node(l, _, r) ->
            match tryMin r with
            | Some m -> Node(l, m, remove m r)
            | None -> l

    let draw tree =
        let rec go indent t =
            match t with
            | Leaf -> ()
            | Node(l, v, r) ->
                go (indent + 1) r
                printfn "%s%A" (String.replicate (indent * 4) " ") v
                go (indent + 1) l
        go 0 tree

let t = Tree<int>.OfList [ 5; 2; 8; 1; 9; 3; 5 ]
printfn "%d %d %b" t.Count t.Height t.IsEmpty
printfn "%A" (Tree.toSeq t |> Seq.toList)
Tree.draw t
printfn "%b %b" (t.Contains 9) (t.Contains 7)
let t2 = t |> Tree.remove 5 |> Tree.remove 100
printfn "%A" (Tree.foldBack (fun x acc -> x :: acc) t2 [])
printfn "%A" t2
printfn "%A" (Tree.map (fun x -> string x) t2 |> Tree.toSeq |> Seq.toArray)
let words = Tree.OfList [ "the"; "quick"; "brown"; "fox" ]
printfn "%s" (words |> Tree.toSeq |> String.concat ",")
printfn "%A" (Tree.tryMin words, Tree.tryMin (Leaf: Tree<int>))
printfn "%A" (Seq.forall2 (=) (Tree.toSeq t) [ 1; 2; 3; 5; 8; 9 ])
printfn "%b" (Tree.OfList [ 2; 1; 3 ] = Tree.OfList [ 2; 3; 1 ])
printfn "%d" (compare (Tree.OfList [ 1 ]) (Tree.OfList [ 2 ]))
