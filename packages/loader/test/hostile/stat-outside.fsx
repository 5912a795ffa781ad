// Asks about a file that it may not read.
// capabilities: fs:metadata
// call: attack ["/etc/passwd"]
// fails: FUS0521
// record: denied fs:metadata Fs.exists
let attack (path: string) = Fs.exists path
