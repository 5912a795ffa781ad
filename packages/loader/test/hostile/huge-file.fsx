// Reads a file that is larger than it may.
// capabilities: fs:read
// call: attack []
// fails: FUS0606|FUS0602
// record: allowed fs:read File.read
let attack () = File.read "data/large.txt"
