// config:
// size:
// readers: fs:read fs:write
// viaReaders: fs:read fs:write
// viaConfig:
// viaSize:
// delayed: fs:read
// force: fs:read
// work: fs:read
// lines: fs:read
// record: fs:write
// useRecord: fs:write
// partial: fs:write
// composed: fs:read
// first: fs:read fs:write
// second: fs:read fs:write
// chosen: fs:read fs:write
// alias: fs:read
// load: fs:read fs:write
let config = File.read "config"
let size = String.length config
type Tools = { save: string -> unit; name: string }
let readers = [ ("r", File.read); ("w", (fun path -> File.write path "" ; path)) ]
let viaReaders () = readers |> List.map fst
let viaConfig () = config
let viaSize () = size + 1
let delayed = lazy (File.read "later")
let force () = delayed.Value
let work = async { return File.read "async" }
let lines = seq { yield File.read "a" }
let record = { save = File.write "r"; name = "r" }
let useRecord () = record.save "text"
let partial = File.write "p"
let composed = File.read >> String.length
let (first, second) = (File.read, File.write)
let chosen flag path = if flag then first path else second path "" ; path
let alias = File.read
