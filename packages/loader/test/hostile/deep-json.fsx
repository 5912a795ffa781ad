// Parses JSON that is nested without end.
// call: attack []
// fails: FUS05..
// record: allowed serialize Json.parse
let attack () = Json.parse (String.replicate 200000 "[")
