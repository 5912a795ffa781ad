// How many jobs wait in a folder, one file a job.
let private folder = "queue"
let private most = 3

let private waiting () =
    Fs.list folder |> List.filter (fun name -> name.EndsWith ".job") |> List.length

let collect () = Metrics.gaugeSet "queue_depth" (waiting ())

let health_check () : Result<string, string> =
    let depth = waiting ()
    if depth <= most then Ok $"{depth} waiting" else Error $"{depth} waiting, more than {most}"
