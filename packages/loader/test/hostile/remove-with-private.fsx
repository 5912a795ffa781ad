// Removes its root together with what the policy takes out of it.
// capabilities: fs:delete
// call: attack ["data"]
// fails: FUS0521
// record: denied fs:delete Fs.remove
let attack (path: string) = Fs.remove path
