let s = "Hello"
printfn "%s|%s|%s|%s" s.[1..] s.[..1] s.[1..3] s.[5..]
printfn "%s" s.[0..0]
printfn "[%s]" s.[3..1]
printfn "%c" s.[s.Length - 1]
let l = [ 0 .. 9 ]
printfn "%d %d" l.[2..4].Length (List.head l.[7..])
let a = [| 0 .. 9 |]
printfn "%d" (Array.sum a.[2..4])
printfn "%d" (Array.length a.[5..2])
printfn "%d" a.[..2].Length
let sub = a.[1..3]
sub.[0] <- 100
printfn "%d %d" a.[1] sub.[0]
printfn "%s" ("abc".[1..1] + "xyz".[0..1])
