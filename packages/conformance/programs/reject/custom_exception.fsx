exception Custom of string
let f () =
    raise (Custom "x")
f ()
