// Starts tasks without end.
// capabilities: async:spawn
// call: attack []
// fails: FUS0606|FUS0604
// record: denied async:spawn Async.together
let attack () =
    [ 1 .. 1000 ] |> List.map (fun _ -> Async.sleep 10000) |> Async.parallel |> Async.RunSynchronously |> List.length
