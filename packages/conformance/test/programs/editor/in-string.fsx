// nothing is a name in a text
// offers nothing
let text = "List.‸"
