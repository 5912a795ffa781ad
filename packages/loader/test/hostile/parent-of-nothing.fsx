// Climbs out through a folder that is not there.
// capabilities: fs:read
// call: attack ["missing/../../secret.txt"]
// fails: FUS0521
// record: denied fs:read File.read
let attack (path: string) = File.read path
