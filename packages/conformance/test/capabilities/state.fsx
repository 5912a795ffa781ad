// install: fs:read
// callHook: fs:read fs:write
// reset: fs:read fs:write
// viaCell: fs:read fs:write
// fill: fs:write
// counter:
// plain:
// load:
let mutable hook = fun (s: string) -> s
let cell = ref (fun (s: string) -> s)
let mutable count = 0
let set f = hook <- f
let install () = set File.read
let callHook s = hook s
let reset () = hook <- (fun s -> s); hook "x"
let fill () = cell.Value <- (fun path -> File.write path "" ; path)
let viaCell s = cell.Value s
let counter () = count <- count + 1; count
let plain x = x + 1
