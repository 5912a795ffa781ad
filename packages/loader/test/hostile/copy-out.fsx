// Copies a secret to where it may read it.
// capabilities: fs:read, fs:write
// call: attack ["secret.txt"]
// fails: FUS0521
// record: denied fs:read Fs.copy
let attack (path: string) = Fs.copy path "data/copy.txt"
