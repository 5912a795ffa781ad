let found =
    [ 1; 2; 3 ]
    |> List.map (fun x -> x * 2)
    |> List.find (fun x -> x > 100)
    |> string
printfn "%s" found
