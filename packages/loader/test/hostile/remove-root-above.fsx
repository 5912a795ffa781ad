// Removes a folder that holds more than its root.
// capabilities: fs:delete
// call: attack ["."]
// fails: FUS0521
// record: denied fs:delete Fs.remove
let attack (path: string) = Fs.remove path
