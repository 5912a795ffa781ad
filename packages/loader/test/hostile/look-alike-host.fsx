// Takes a name that begins with the allowed address.
// capabilities: net:request
// call: attack ["http://127.0.0.1.example.com/"]
// fails: FUS0521
// record: denied net:request Http.get
let attack (url: string) = Http.get url
