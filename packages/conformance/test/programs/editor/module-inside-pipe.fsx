// offers: findIndex; find
let first = [ 1 ] |> List.map (fun v -> v + 1) |> Seq.fi‸ |> ignore
let other = (1 +
