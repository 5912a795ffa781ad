let m = Map.ofList [("b", 2); ("a", 1); ("c", 3)]
printfn "%A" m
printfn "%A" (Map.toList m)
printfn "%A %A" (Map.tryFind "a" m) (Map.tryFind "z" m)
printfn "%d %d" m.["b"] m["c"]
printfn "%A" (m |> Map.add "d" 4 |> Map.remove "a")
printfn "%A" (Map.map (fun k v -> k + string v) m)
printfn "%A" (Map.filter (fun _ v -> v > 1) m)
printfn "%d" (Map.fold (fun acc _ v -> acc + v) 0 m)
printfn "%s" (Map.foldBack (fun k v acc -> k + string v + acc) m "")
printfn "%b %b" (Map.containsKey "a" m) (m.ContainsKey "zz")
printfn "%d %b" m.Count (Map.isEmpty Map.empty)
Map.iter (fun k v -> printf "%s=%d " k v) m
printfn ""
printfn "%A" (Map.partition (fun _ v -> v % 2 = 1) m)
printfn "%A" (Map.exists (fun _ v -> v > 2) m, Map.forall (fun _ v -> v > 2) m)
printfn "%A" (Map.tryPick (fun k v -> if v = 2 then Some k else None) m)
printfn "%A" (Map.findKey (fun _ v -> v = 3) m)
printfn "%A" (Map.change "a" (Option.map ((+) 10)) m)
printfn "%A" (m |> Map.keys |> Seq.toList)
printfn "%A" (Map.minKeyValue m, Map.maxKeyValue m)
printfn "%A" (Map.ofArray [| (1, 'x') |], Map.toArray m)
printfn "%b" (Map.ofList [1, 2] = Map.ofList [1, 2])
let wc = "a b a c b a".Split(' ') |> Array.fold (fun acc w -> Map.add w ((Map.tryFind w acc |> Option.defaultValue 0) + 1) acc) Map.empty
printfn "%A" wc
let s1 = Set.ofList [1; 2; 3]
let s2 = set [2; 3; 4]
printfn "%A %A %A" (Set.union s1 s2) (Set.intersect s1 s2) (Set.difference s1 s2)
printfn "%b %b" (Set.contains 2 s1) (s1.Contains 9)
printfn "%A" (s1 |> Set.add 10 |> Set.remove 1 |> Set.toList)
printfn "%A" (Set.map (fun x -> x % 2) s1)
printfn "%A" (Set.filter (fun x -> x > 1) s1)
printfn "%d %d" (Set.count s1) s1.Count
printfn "%b" (Set.isSubset (set [1]) s1)
printfn "%A" (Set.minElement s1, Set.maxElement s1)
printfn "%A" (Set.fold (+) 0 s1)
printfn "%A" (Set.partition (fun x -> x > 1) s1)
for x in s1 do printf "%d " x
printfn ""
printfn "%A" (Set.unionMany [s1; s2])
printfn "%A" (set ["b"; "a"], Set.empty<int>, Set.singleton 1)
printfn "%b" (set [1; 2] = set [2; 1])
