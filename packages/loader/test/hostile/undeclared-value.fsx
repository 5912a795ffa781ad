// Hides an undeclared function in a list.
// loads: UNDECLARED_CAPABILITY
let tools = [ File.write ]
let attack () = List.length tools
