// Asks the metadata service of the cloud.
// capabilities: net:request
// call: attack ["http://169.254.169.254/latest/meta-data/"]
// fails: FUS0521
// record: denied net:request Http.get
let attack (url: string) = Http.get url
