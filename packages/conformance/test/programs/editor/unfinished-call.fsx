// offers: length : 'a list -> int
// never: map
let add a b = a + b
let sum = add 1 (List.le‸
let after = 3
