// Calls a revoked function through a closure that was made before.
// capabilities: fs:read
// before: prepare
// revokes: fs:read
// call: attack []
// fails: FUS0520
// record: denied fs:read File.read
let mutable kept = fun (path: string) -> path
let prepare () =
    kept <- File.read >> String.length >> string
    kept "data/a.txt"
let attack () = kept "data/a.txt"
