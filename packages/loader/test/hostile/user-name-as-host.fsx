// Puts the allowed host where the user name stands.
// capabilities: net:request
// call: attack ["http://{HOST}@example.com/"]
// fails: FUS0521|FUS0516
// record: denied net:request Http.get|allowed net:request Http.get
let attack (url: string) = Http.get url
