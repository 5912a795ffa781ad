// Runs a script of its own under the name of a command.
// capabilities: process:exec
// call: attack []
// fails: FUS0521|FUS0517
// record: denied process:exec Process.run
let attack () = Process.run "./data/node" []
