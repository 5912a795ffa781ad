// Reads the environment of the host through the file system.
// capabilities: fs:read
// call: attack ["/proc/self/environ"]
// fails: FUS0521
// record: denied fs:read File.read
let attack (path: string) = File.read path
