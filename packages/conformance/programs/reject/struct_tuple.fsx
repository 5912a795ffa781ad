let one = 1
let struct (a, b) = (one, 2)
