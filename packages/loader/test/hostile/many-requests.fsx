// Sends more requests than it may.
// capabilities: net:request
// call: attack ["{A}/"]
// fails: FUS0606
// record: denied net:request Http.get
let attack (url: string) = [ 1 .. 100 ] |> List.map (fun _ -> Http.get url) |> List.length
