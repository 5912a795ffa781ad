let x = (1 + 2
let y = 3
let z = "a" + 1
