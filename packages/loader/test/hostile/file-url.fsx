// Reads a file through a URL.
// capabilities: net:request
// call: attack ["file:///etc/passwd"]
// fails: FUS0516|FUS0517|FUS0521
// record: allowed net:request Http.get|denied net:request Http.get
let attack (url: string) = Http.get url
