// Waits for an answer that does not come.
// capabilities: net:request
// call: attack ["{A}/never"]
// fails: FUS0604|FUS0517
// record: allowed net:request Http.get
let attack (url: string) = Http.get url
