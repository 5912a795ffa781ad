let a = [| 1..6 |]
a.[..1] <- [| 0; 0 |]
a.[4..] <- [| 9; 9 |]
a.[2..3] <- a.[0..1]
printfn "%A" a
let m = Map [ "a", 1; "b", 2 ]
let s = Set [ 3; 1; 3 ]
let e = Map<string, int>([ "k", 7 ])
printfn "%A %A %d" m s e.["k"]
printfn "%b" (m = Map.ofSeq (seq { "a", 1; "b", 2 }))
