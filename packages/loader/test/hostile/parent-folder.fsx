// Climbs out of its root.
// capabilities: fs:read
// call: attack ["../secret.txt"]
// fails: FUS0521
// record: denied fs:read File.read
let attack (path: string) = File.read path
