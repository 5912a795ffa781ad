// Is called with an object that holds __proto__.
// call: attack [{"__proto__": {"admin": true}}]
// answers: TEXT {"__proto__"
// record: allowed serialize Json.stringify
let attack (given: any) = Json.stringify given
