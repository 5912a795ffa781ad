// Sorts with a comparison that never settles.
// call: attack []
// fails: FUS0601|FUS0605|FUS0604
let attack () =
    [ 1 .. 20000 ]
    |> List.sortWith (fun a b -> [ 1 .. 50 ] |> List.sum |> fun n -> compare (a * n % 7) (b * n % 5))
    |> List.length
