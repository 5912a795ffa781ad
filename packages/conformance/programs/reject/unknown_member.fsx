let xs = [1; 2; 3] |> List.mapp (fun x -> x)
