// Follows a link that leads out of its root.
// capabilities: fs:read
// call: attack ["data/out/secret.txt"]
// fails: FUS0521
// record: denied fs:read File.read
let attack (path: string) = File.read path
