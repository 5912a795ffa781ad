// offers: limit : int
// never: List
let limit = 3
let check n =
    match n with
    | x when lim‸
let after = 3
