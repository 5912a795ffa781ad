let x = true and false
let y = true or false
