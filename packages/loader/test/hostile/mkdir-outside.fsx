// Makes a folder outside of its root.
// capabilities: fs:write
// call: attack ["../made"]
// fails: FUS0521
// record: denied fs:write Fs.mkdir
let attack (path: string) = Fs.mkdir path
