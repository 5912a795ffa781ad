// read:
// File: fs:read
// unused: fs:delete
// load:
let read (s: string) = s
let File = fun (s: string) -> Fs.read s
let unused () = if false then Fs.remove "never" else ()
