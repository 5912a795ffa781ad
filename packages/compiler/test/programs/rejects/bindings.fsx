let + a b = a
let mutable f x = x
let mutable (Some y) = z
let rec x = 1
let g x = x and h y = y
use std::io
let (|A|b
