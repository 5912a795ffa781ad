printfn (sprintf "%d-%s" [1; "a"])
print "x"
print 3
print [1; 2]
print ()
printfn ""
printfn 2.0
printfn [1.5; 2.0]
printfn (1, "a", 'c')
printfn { Name = "x"; Age = 3 }
printfn (Some (Some 3))
printfn None
printfn (Ok 3)
printfn true
printfn [|1; 2|]
printfn (Map.ofList [("b", 1); ("a", 2)])
printfn (Set.ofList [3; 1])
printfn (fun x -> x)
printfn List.length
printfn ()
printfn (ref 1)
printfn nan
printfn infinity
printfn -0.0
printfn 1e20
printfn 0.00001
printfn [Some "a"; None]
printfn "100%"
let s = "50%"
printfn s
printfn "%% done"
