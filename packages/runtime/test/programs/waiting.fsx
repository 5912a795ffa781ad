/// Waits until the host says so; answers what it was given.
let wait (label: string) : string = Host.wait label

let ping () : string = "pong"

let fail () : string = failwith "no"
