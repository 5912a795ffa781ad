// Catches everything, limits included.
// call: attack []
// fails: FUS0601|FUS0604
let rec attack () =
    try
        while true do ()
    with _ -> attack ()
