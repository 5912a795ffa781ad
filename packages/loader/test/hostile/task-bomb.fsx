// Starts tasks without end.
// capabilities: async:spawn
// call: attack []
// fails: FUS0606|FUS0604
// record: allowed async:spawn Async.parallel
let attack () =
    [ 1 .. 1000 ] |> List.map (fun _ -> Async.sleep 10000) |> Async.parallel |> Async.RunSynchronously |> List.length
