// Keeps a function of the host in a variable, and calls it after it was revoked.
// capabilities: fs:read
// before: prepare
// revokes: fs:read
// call: attack []
// fails: FUS0520
// record: denied fs:read File.read
let keep = File.read
let table = [ ("read", File.read) ]
let prepare () = keep "data/a.txt"
let attack () = (snd (List.head table)) "data/a.txt"
