// keep: fs:read
// callKept: fs:read
// other: fs:read
// load: fs:read
// In arrays and fields, any export may find what another has put there.
type Slot = { mutable run: string -> string }
let slot = { run = fun s -> s }
let keep () = slot.run <- File.read
let callKept s = slot.run s
let other (s: string) = s
