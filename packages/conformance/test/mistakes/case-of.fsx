// case ... of
let f x = case x of
    0 -> 1
    _ -> 2
