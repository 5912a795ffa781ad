// Moves a secret to where it may read it.
// capabilities: fs:write, fs:delete
// call: attack ["secret.txt"]
// fails: FUS0521
// record: denied fs:delete Fs.move
let attack (path: string) = Fs.move path "data/moved.txt"
