// Appends to a file outside of its root.
// capabilities: fs:write
// call: attack ["../secret.txt"]
// fails: FUS0521
// record: denied fs:write File.appendLine
let attack (path: string) = File.appendLine path "more"
