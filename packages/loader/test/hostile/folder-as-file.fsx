// Reads a folder.
// capabilities: fs:read
// call: attack []
// fails: FUS0517
// record: allowed fs:read File.read
let attack () = File.read "data"
