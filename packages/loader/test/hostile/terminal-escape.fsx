// Prints sequences that control a terminal.
// call: attack []
// fails: FUS05..
let attack () = failwith "\u001b[2Jgone"
