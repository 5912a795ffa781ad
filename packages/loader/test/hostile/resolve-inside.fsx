// Resolves a name that the policy does not cover.
// capabilities: net:dns
// call: attack []
// fails: FUS0521
// record: denied net:dns Net.resolve
let attack () = Net.resolve "internal.example"
