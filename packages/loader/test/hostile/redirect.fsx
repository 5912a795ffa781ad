// Is sent to a forbidden host by an allowed one.
// capabilities: net:request
// call: attack ["{A}/redirect"]
// fails: FUS0521
// record: denied net:request Http.get
let attack (url: string) = Http.get url
