// Lists the folder above.
// capabilities: fs:read
// call: attack [".."]
// fails: FUS0521
// record: denied fs:read Fs.list
let attack (path: string) = Fs.list path
