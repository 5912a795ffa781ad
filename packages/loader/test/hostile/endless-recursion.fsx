// Calls itself without end.
// call: attack []
// fails: FUS0603
let rec deeper n = 1 + deeper (n + 1)
let attack () = deeper 0
