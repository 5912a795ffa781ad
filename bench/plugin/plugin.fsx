// A small plugin: counts events, keeps state by key, answers commands.
let maxKeys = 100
let maxLength = 80

let mutable events = 0
let mutable counts: Map<string, int> = Map.empty
let mutable log: string list = []

let clip (text: string) =
    if text.Length > maxLength then text.Substring(0, maxLength) + "..." else text

let capitalised (word: string) =
    if word = "" then "" else word.Substring(0, 1).ToUpper() + word.Substring 1

let title (text: string) =
    text.Split(' ') |> Array.map capitalised |> String.concat " "

let note message = log <- clip message :: List.truncate 9 log

let bump key =
    match Map.tryFind key counts with
    | Some count ->
        counts <- Map.add key (count + 1) counts
        count + 1
    | None when Map.count counts >= maxKeys ->
        note "too many keys"
        0
    | None ->
        counts <- Map.add key 1 counts
        1

let on_command (line: string) =
    match List.ofArray (line.Split(' ')) with
    | "hello" :: words -> "Hello, " + title (String.concat " " words) + "!"
    | [ "count"; key ] -> sprintf "%s = %d" key (counts |> Map.tryFind key |> Option.defaultValue 0)
    | [ "reset" ] ->
        events <- 0
        counts <- Map.empty
        log <- []
        "ok"
    | name :: _ -> "unknown command " + name
    | [] -> "no command"

let on_event (id: int) key =
    events <- events + 1
    let count = bump key
    note $"event {id} for {key}"
    on_command ("hello " + key) + $" #{count}"
