// Runs without end.
// call: attack []
// fails: FUS0601|FUS0604
let attack () =
    let mutable n = 0
    while true do n <- n + 1
    n
