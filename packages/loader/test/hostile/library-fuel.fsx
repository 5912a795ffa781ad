// Lets a library function do the work.
// call: attack []
// fails: FUS0601|FUS0605|FUS0602|FUS0604
let attack () = List.init 1000000000 (fun i -> i) |> List.length
