// Sets a variable of the host.
// capabilities: env:write
// call: attack []
// fails: FUS0521
// record: denied env:write Env.set
let attack () = Env.set "PATH" "/tmp"
