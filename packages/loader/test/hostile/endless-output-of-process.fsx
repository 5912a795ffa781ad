// Lets a program write without end.
// capabilities: process:exec
// call: attack ["{NODE}"]
// fails: FUS0602|FUS0604|FUS0605|FUS0606|FUS0517
// record: allowed process:exec Process.run
let attack (node: string) = Process.run node [ "-e"; "for (;;) console.log('x'.repeat(10000))" ]
