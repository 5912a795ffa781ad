// Which servers get no requests: one file for each.
let private file server = $"servers/{server}/drained"

let drain (server: string) = File.write (file server) "yes\n"
let admit (server: string) = File.write (file server) "no\n"
