// offers: Length; Head; IsEmpty
let xs = [1; 2]
let first = xs.‸
