type Tree<'a> = Leaf | Node of Tree<'a> * 'a * Tree<'a>
module Tree =
    let rec insert x t =
        match t with
        | Leaf -> Node (Leaf, x, Leaf)
        | Node (l, v, r) when x < v -> Node (insert x l, v, r)
        | Node (l, v, r) when x > v -> Node (l, v, insert x r)
        | _ -> t
    let ofList xs = List.fold (fun t x -> insert x t) Leaf xs
    let rec toSeq t =
        seq {
            match t with
            | Leaf -> ()
            | Node (l, v, r) ->
                yield! toSeq l
                yield v
                yield! toSeq r
        }
    let rec depth = function
        | Leaf -> 0
        | Node (l, _, r) -> 1 + max (depth l) (depth r)
    let rec fold f acc = function
        | Leaf -> acc
        | Node (l, v, r) -> fold f (f (fold f acc l) v) r
    let rec map f = function Leaf -> Leaf | Node (l, v, r) -> Node (map f l, f v, map f r)
let t = Tree.ofList [ 50; 30; 70; 20; 40; 60; 80 ]
printfn "%A" t
printfn "%A" (Tree.toSeq t |> Seq.toList)
printfn "depth %d sum %d" (Tree.depth t) (Tree.fold (+) 0 t)
printfn "%A" (t |> Tree.map (fun x -> sprintf "%03d" x) |> Tree.toSeq |> String.concat ",")
printfn "%A" [1..40]
printfn "%A" [for i in 1..30 -> i * i * 1000]
printfn "%A" (List.init 12 (fun i -> sprintf "item number %d" i))
printfn "%A" [| for i in 1 .. 5 -> [| for j in 1 .. i -> i * j |] |]
type Person = { First: string; Last: string; Age: int }
let people = [ for i in 1 .. 3 -> { First = sprintf "F%d" i; Last = sprintf "L%d" i; Age = 20 + i } ]
printfn "%A" people
printfn "%A" (Map.ofList [ for p in people -> p.First, p ])
printfn "%A" (List.groupBy (fun p -> p.Age % 2) people)
printfn "%A" (Some people.[0])
printfn "%A" (Ok people.[0] : Result<Person, string>)
printfn "%A" (people.[0], people.[1])
printfn "%A" (Set.ofList [ 3; 1; 2 ])
printfn "%A" (seq { 1 .. 10 })
printfn "%A" (seq { for i in 1 .. 3 -> i })
printfn "%A" [ (1, "one"); (2, "two"); (3, "three") ]
printfn "%A" [ Some 1; None; Some 3 ]
printfn "%A" [ [ 1; 2 ]; []; [ 3 ] ]
printfn "%A" (Map.ofList [ for i in 1 .. 20 -> i, sprintf "value %d" i ])
printfn "%A" {| Name = "x"; Items = [ 1; 2; 3 ] |}
printfn "%A" (Array.init 3 (fun i -> { First = "a"; Last = "b"; Age = i }))
printfn "%A" (Array.zeroCreate<int> 5)
printfn "%A" (Node (Leaf, people.[0], Leaf))
