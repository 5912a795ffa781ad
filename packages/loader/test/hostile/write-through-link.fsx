// Writes through a link that leads out of its root.
// capabilities: fs:write
// call: attack ["data/leak.txt"]
// fails: FUS0521
// record: denied fs:write File.write
let attack (path: string) = File.write path "overwritten"
