// Lists one of the two capabilities that a function needs.
// capabilities: fs:read
// loads: UNDECLARED_CAPABILITY
let attack () = Fs.copy "data/a.txt" "data/b.txt"
