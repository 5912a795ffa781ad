// Writes a host with look-alike characters.
// capabilities: net:request
// call: attack ["http://ｌocalhost/"]
// fails: FUS0521
// record: denied net:request Http.get
let attack (url: string) = Http.get url
