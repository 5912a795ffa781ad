// Smuggles a header into a request.
// capabilities: net:request
// call: attack ["{A}/"]
// fails: FUS0516|FUS0517
// record: allowed net:request Net.request|denied net:request Net.request
let attack (url: string) = Net.request "GET" url (Map.ofList [ ("x", "a\r\nhost: evil") ]) {| timeout = 1000 |}
