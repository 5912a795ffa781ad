// Names a file outside of its root.
// capabilities: fs:read
// call: attack ["{ROOT}/secret.txt"]
// fails: FUS0521
// record: denied fs:read File.read
let attack (path: string) = File.read path
