// Runs a shell, which the policy does not name.
// capabilities: process:exec
// call: attack []
// fails: FUS0521
// record: denied process:exec Process.runShell
let attack () = Process.runShell "echo hi > ../escaped"
