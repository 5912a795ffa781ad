let f x = (x + 1
let y = 3
