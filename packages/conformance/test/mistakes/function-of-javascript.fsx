function add(a, b) { return a + b }
let x = add(1, 2)
