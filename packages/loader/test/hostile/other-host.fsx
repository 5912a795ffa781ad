// Requests from a host that the policy does not name.
// capabilities: net:request
// call: attack ["http://example.com/"]
// fails: FUS0521
// record: denied net:request Http.get
let attack (url: string) = Http.get url
