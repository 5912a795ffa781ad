// Asks for one huge text.
// call: attack []
// fails: FUS0602|FUS0605|FUS0601|FUS0516
let attack () = String.padLeft 2000000000 "x" |> String.length
