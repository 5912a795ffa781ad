let xs = [1, 2, 3]
let y = List.sum xs
