let steps = [ (fun x -> x + 1); (fun x -> x * 2) ]
steps |> List.sort |> List.iter (fun f -> printfn "%d" (f 1))
