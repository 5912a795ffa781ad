// Reads an answer without end.
// capabilities: net:request
// call: attack ["{A}/endless"]
// fails: FUS0602|FUS0604|FUS0605|FUS0606|FUS0517
// record: allowed net:request Http.get
let attack (url: string) = Http.get url
