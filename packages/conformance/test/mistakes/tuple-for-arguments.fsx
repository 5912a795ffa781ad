let add a b = a + b
let x = add (1, 2)
