// Tries a folder whose name begins like its root's.
// capabilities: fs:read
// call: attack ["database/secret.txt"]
// fails: FUS0521
// record: denied fs:read File.read
let attack (path: string) = File.read path
