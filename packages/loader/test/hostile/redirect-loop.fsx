// Is sent around in a circle.
// capabilities: net:request
// call: attack ["{A}/loop"]
// fails: FUS0517|FUS0606
// record: allowed net:request Http.get|denied net:request Http.get
let attack (url: string) = Http.get url
