// Writes an address as one number.
// capabilities: net:request
// call: attack ["http://2130706434/"]
// fails: FUS0521
// record: denied net:request Http.get
let attack (url: string) = Http.get url
