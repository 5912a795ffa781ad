// Raises what looks like a limit.
// call: attack []
// fails: FUS05..
exception LimitExceeded of string
let attack () = raise (LimitExceeded "FUS0601")
