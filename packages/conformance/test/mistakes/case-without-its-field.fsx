type Shape =
    | Circle of float
    | Square of float
let area s =
    match s with
    | Circle -> 1.0
    | Square a -> a * a
