// Reads what the policy takes out of its root.
// capabilities: fs:read
// call: attack ["data/private/key.txt"]
// fails: FUS0521
// record: denied fs:read File.read
let attack (path: string) = File.read path
