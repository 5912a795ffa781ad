// Asks for what every JavaScript object has.
// capabilities: env:read
// call: attack ["__proto__"]
// fails: FUS0521
// record: denied env:read Env.get
let attack (name: string) = Env.get name
