let first = 1 + "two"

let second = List.lenght [ 1; 2 ]

let third =
    match Some 3 with
    | Some n -> n
