type P = { X: int; Y: string }
type S = Circle of float | Rect of int * int | Empty | Named of name: string
printfn "%A" (1, "a", 2.0)
printfn "%A" [Some 1; None]
printfn "%A" { X = 1; Y = "s" }
printfn "%A" [Circle 1.0; Rect (1, 2); Empty; Named "z"]
printfn "%A" (Ok 3 : Result<int, string>)
printfn "%A" (Error "bad" : Result<int, string>)
printfn "%A" (Map.ofList [1, "a"; 2, "b"])
printfn "%A" (set [3; 1; 2])
printfn "%A" [| 1.5; 2.0 |]
printfn "%A" ()
printfn "%A" (Some (Some 2))
printfn "%A" (Some -1)
printfn "%A" (Circle -1.5)
printfn "%A" [(1, 'a'); (2, 'b')]
printfn "%A" ["a"; "b"]
printfn "%A" true
printfn "%A" (Some "x", [Some "y"])
printfn "%A" [[1; 2]; []; [3]]
printfn "%A" {| A = 1; B = "x" |}
