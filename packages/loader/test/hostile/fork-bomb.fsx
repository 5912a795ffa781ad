// Starts programs without end.
// capabilities: process:exec, async:spawn
// call: attack ["{NODE}"]
// fails: FUS0606
// record: allowed process:exec Process.spawn
let attack (node: string) =
    [ 1 .. 1000 ] |> List.map (fun _ -> Process.spawn node [ "-e"; "setInterval(() => {}, 1000)" ])
