// offers: int
// never: f, let
let f (x: in‸
let z = 1
