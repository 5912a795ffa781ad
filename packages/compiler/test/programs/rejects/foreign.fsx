let f x =
    match x with
    | 1 => 2
    | _ -> 3
let g = fun x => x
use std::collections
let h = 1
