let folder () = Env.get "TMPDIR" |> Option.defaultValue ""
let write (path: string) (text: string) = File.write path text
let read (path: string) = File.read path
let list (path: string) = Fs.list path
let remove (path: string) = Fs.remove path
