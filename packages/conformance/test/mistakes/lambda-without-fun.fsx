let xs = [1; 2; 3]
let y = xs |> List.map x -> x + 1
