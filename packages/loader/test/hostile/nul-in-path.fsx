// Cuts a path short with a NUL character.
// capabilities: fs:read
// call: attack ["data/a.txt\u0000.png"]
// fails: FUS0521
// record: denied fs:read File.read
let attack (path: string) = File.read path
