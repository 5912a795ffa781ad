// Names a command by its path.
// capabilities: process:exec
// call: attack []
// fails: FUS0521
// record: denied process:exec Process.run
let attack () = Process.run "/bin/sh" [ "-c"; "id" ]
