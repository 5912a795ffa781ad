// Reads a device that never ends.
// capabilities: fs:read
// call: attack ["/dev/zero"]
// fails: FUS0521
// record: denied fs:read File.read
let attack (path: string) = File.read path
