// direct: fs:read
// throughHelper: fs:read
// both: fs:read, fs:write
// pure:
// even: fs:read
// odd: fs:read
// nested: fs:write
// inModule: fs:delete
// pipeline: fs:read
// generic: fs:read stdout:write
// idle:
// load: stdout:write
let direct path = File.read path
let helper path = direct path
let throughHelper path = helper (path + ".txt")
let both path =
    File.write path "x"
    helper path
let pure x = x * 2
let rec even n = if n = 0 then File.read "zero" else odd (n - 1)
and odd n = if n = 0 then "no" else even (n - 1)
let nested path =
    let inner text =
        let innermost () = File.write path text
        innermost ()
    inner "deep"
module Deep =
    let remove path = Fs.remove path
let inModule path = Deep.remove path
let pipeline paths = paths |> List.map (fun path -> path |> File.read |> String.trim)
let show f x = printfn "%s" (f x)
let generic path = show File.read path
let idle () = [ 1; 2; 3 ] |> List.map pure |> List.sum
printfn "loaded"
