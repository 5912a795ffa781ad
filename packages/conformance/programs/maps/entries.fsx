let m = Map.ofList [ ("a", 1); ("b", 2) ]
for KeyValue (k, v) in m do
    printfn "%s=%d" k v
for kv in m do
    printfn "%s-%d" kv.Key kv.Value
let total = m |> Map.toList |> List.sumBy (fun (KeyValue (_, v)) -> v)
printfn "%d" total
