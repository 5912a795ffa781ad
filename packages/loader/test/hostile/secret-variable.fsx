// Reads a variable that the policy hides.
// capabilities: env:read
// call: attack ["FUSABI_SECRET"]
// fails: FUS0521
// record: denied env:read Env.get
let attack (name: string) = Env.get name
