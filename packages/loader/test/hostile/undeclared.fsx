// Uses what its manifest does not list.
// loads: UNDECLARED_CAPABILITY
let attack () = File.write "data/a.txt" "x"
