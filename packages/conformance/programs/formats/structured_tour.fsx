type Color = Red | Green | Custom of int * int * int
type Point = { X: int; Y: int }
type Shape = { Name: string; Points: Point list; Fill: Color option; Tags: Set<string>; Meta: Map<string, float> }
type Tree = Leaf | Node of Tree * int * Tree
let shape =
    { Name = "tri"
      Points = [ { X = 0; Y = 0 }; { X = 1; Y = 2 } ]
      Fill = Some(Custom(1, 2, 3))
      Tags = set [ "b"; "a" ]
      Meta = Map.ofList [ "w", 1.5; "h", 2.0 ] }
printfn "%A" shape.Points.[0]
printfn "%A" Red
printfn "%A" (Custom(1, 2, 3))
printfn "%A" [ Red; Green ]
printfn "%A" (Some Red)
printfn "%A" (Some(Some 3))
printfn "%A" (Some [ 1; 2 ])
printfn "%A" (Some(1, "a"))
printfn "%A" (None: int option)
printfn "%A" [ Some 1; None ]
printfn "%A" (Ok 3: Result<int, string>)
printfn "%A" (Error "bad": Result<int, string>)
printfn "%A" (1, 2.0, "three", 'c', true, ())
printfn "%A" [ (1, "a"); (2, "b") ]
printfn "%A" [| 1.0; 2.5 |]
printfn "%A" [ [ 1; 2 ]; []; [ 3 ] ]
printfn "%A" (set [ 3; 1; 2 ])
printfn "%A" (Map.ofList [ 1, "one"; 2, "two" ])
printfn "%A" (Map.empty: Map<int, int>)
printfn "%A" (Node(Node(Leaf, 1, Leaf), 2, Leaf))
printfn "%A" "quote \" and \n newline"
printfn "%A" 'x'
printfn "%A" 1e100
printfn "%A" 0.1
printfn "%A" 100.0
printfn "%A" -5
printfn "%A" (Node(Leaf, -5, Leaf))
printfn "%A" (Some -5)
printfn "%A" {| A = 1; B = "x" |}
printfn "%A" (ref 5)
printfn "%A" (seq { 1..3 })
printfn "%A" (Seq.initInfinite id)
printfn "%A" [ 1..30 ]
printfn "%A" [ for i in 1..5 -> String.replicate i "ab" ]
printfn "%A" (List.init 3 (fun i -> { X = i; Y = i * i }))
printfn "%A" [ "alpha beta gamma delta"; "epsilon zeta eta theta iota"; "kappa lambda mu nu xi omicron" ]
printfn "%s" (sprintf "%A" [ 1; 2 ] + "!")
printfn "%A %A" 1 2
printfn "[%A]" [ 'a' ]
printfn "%A" (fun x -> x + 1)
printfn "%A" (1, (2, 3))
printfn "%A" [ (1, (2, [ 3 ])) ]
printfn "%A" (Custom(-1, 0, 1))
