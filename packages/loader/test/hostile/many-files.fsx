// Reads more often than it may.
// capabilities: fs:read
// call: attack []
// fails: FUS0606
// record: denied fs:read File.read
let attack () = [ 1 .. 1000 ] |> List.map (fun _ -> File.read "data/a.txt") |> List.length
