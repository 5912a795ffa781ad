// offers nothing
let text = 1 // List.‸
