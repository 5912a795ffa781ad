// Runs a command that the policy does not name.
// capabilities: process:exec
// call: attack []
// fails: FUS0521
// record: denied process:exec Process.run
let attack () = Process.run "rm" [ "-rf"; "data" ]
