// Starts a program that does not end.
// capabilities: process:exec
// call: attack ["{NODE}"]
// fails: FUS0604|FUS0517
// record: allowed process:exec Process.run
let attack (node: string) = Process.run node [ "-e"; "setInterval(() => {}, 1000)" ]
