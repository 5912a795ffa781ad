let f : int -> int
let f x = x
