// Starts work after its capability was revoked.
// capabilities: fs:read
// revokes: fs:read
// call: attack []
// fails: FUS0520
// record: denied fs:read File.readAsync
let later = File.readAsync "data/a.txt"
let attack () = Async.RunSynchronously later
