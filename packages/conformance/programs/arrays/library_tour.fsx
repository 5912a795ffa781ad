let a = [| 5; 3; 8 |]
a.[0] <- 10
a[1] <- 20
printfn "%A %d" a a.Length
let b = Array.copy a
b.[0] <- 0
printfn "%A %A" a b
let z = Array.create 3 0
for i in 0 .. 2 do z.[i] <- i * i
printfn "%A" z
let m = Array.init 3 (fun i -> Array.create 2 i)
m.[1].[0] <- 99
printfn "%A" m
printfn "%A" a.[1..]
printfn "%A %A" a.[..1] a.[1..1]
printfn "%A" (Array.sort [| 3; 1; 2 |])
let s = [| 3; 1; 2 |]
Array.sortInPlace s
printfn "%A" s
printfn "%A" (Array.map (fun x -> x + 1) s)
printfn "%A" (Array.zip [| 1; 2 |] [| "a"; "b" |])
printfn "%d %d" (Array.sum s) (Array.max s)
printfn "%f" (Array.average [| 1.0; 2.0 |])
printfn "%A" (Array.append s [| 9 |])
printfn "%A" (Array.rev s)
printfn "%A" (Array.fold (+) 0 s)
printfn "%A" (Array.tryFind (fun x -> x > 1) s)
printfn "%A" (Array.partition (fun x -> x > 1) s)
printfn "%A" (Array.groupBy (fun x -> x % 2) s)
printfn "%A" (Array.concat [ [| 1 |]; [| 2; 3 |] ])
printfn "%A" (Array.sub [| 1; 2; 3; 4 |] 1 2)
let f = Array.zeroCreate<int> 3
printfn "%A" f
let g : float[] = Array.zeroCreate 2
printfn "%A" g
Array.fill f 0 2 7
printfn "%A" f
Array.blit s 0 f 1 2
printfn "%A" f
printfn "%A" (Array.chunkBySize 2 [| 1; 2; 3 |])
printfn "%A" (Array.windowed 2 [| 1; 2; 3 |])
printfn "%A" (Array.scan (+) 0 [| 1; 2; 3 |])
Array.iteri (fun i x -> printf "%d:%d " i x) s
printfn ""
printfn "%A" ([| 1; 2; 3 |] |> Array.toList |> List.rev |> Array.ofList)
printfn "%b" ([| 1; 2 |] = [| 1; 2 |])
printfn "%A" [||]
let swap (arr: int[]) i j =
    let t = arr.[i]
    arr.[i] <- arr.[j]
    arr.[j] <- t
swap s 0 2
printfn "%A" s
for x in a do printf "%d " x
printfn ""
printfn "%A" (Array.exists ((=) 2) s, Array.forall (fun x -> x > 0) s)
printfn "%A" (Array.choose (fun x -> if x > 1 then Some (x * x) else None) s)
printfn "%A" (Array.distinct [| 1; 1; 2 |])
printfn "%A" (Array.countBy id [| "a"; "b"; "a" |])
printfn "%A" (Array.sortBy (fun x -> -x) [| 1; 3; 2 |])
printfn "%A" (Array.pairwise [| 1; 2; 3 |])
printfn "%A" (Array.splitAt 1 [| 1; 2; 3 |])
printfn "%A" (Array.mapi (fun i x -> i * x) [| 5; 6 |])
printfn "%A" (Array.indexed [| "a" |])
printfn "%A" (Array.reduce (fun a b -> a * b) [| 2; 3; 4 |])
