let total =
    [3; 1; 2]
    |> List.map (fun n -> n * n)
    |> List.sum
