// Hides the way out behind dots and slashes.
// capabilities: fs:read
// call: attack ["data//.//./../data/../secret.txt"]
// fails: FUS0521
// record: denied fs:read File.read
let attack (path: string) = File.read path
