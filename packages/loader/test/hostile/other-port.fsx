// Tries another port of a host.
// capabilities: net:request
// call: attack ["{B}/"]
// fails: FUS0521
// record: denied net:request Http.get
let attack (url: string) = Http.get url
