// Summarises a log file whose lines look like this; what follows the message is `key=value`:
//
//   2026-03-14T09:26:53Z ERROR payment refused code=402 ms=812

type Entry =
    { Level: string
      Message: string
      Fields: Map<string, string> }

type Request = { path: string; ms: int }

type ErrorGroup = { message: string; count: int; codes: string list }

type Summary =
    { lines: int
      unreadable: int
      levels: (string * int) list
      slowest: Request list
      errors: ErrorGroup list }

let private levels = [ "DEBUG"; "INFO"; "WARN"; "ERROR" ]

let private field (word: string) =
    match String.indexOf "=" word with
    | Some at when at > 0 -> Some(String.slice 0 at word, String.slice (at + 1) word.Length word)
    | _ -> None

let private parse (line: string) =
    match String.split " " line with
    | _ :: level :: words when List.contains level levels ->
        let isField word = Option.isSome (field word)
        Some
            { Level = level
              Message = words |> List.filter (isField >> not) |> String.concat " "
              Fields = words |> List.choose field |> Map.ofList }
    | _ -> None

let private number key entry =
    entry.Fields |> Map.tryFind key |> Option.bind String.toInt

let private request entry =
    match Map.tryFind "path" entry.Fields, number "ms" entry with
    | Some path, Some ms -> Some { path = path; ms = ms }
    | _ -> None

/// The levels in their order of weight, with how many lines each has.
let private countLevels entries =
    let counts = entries |> List.countBy (fun entry -> entry.Level) |> Map.ofList
    levels |> List.map (fun level -> level, Map.tryFind level counts |> Option.defaultValue 0)

/// Errors of the same message together, the most frequent first.
let private groupErrors entries =
    entries
    |> List.filter (fun entry -> entry.Level = "ERROR")
    |> List.groupBy (fun entry -> entry.Message)
    |> List.map (fun (message, group) ->
        { message = message
          count = List.length group
          codes = group |> List.choose (fun entry -> Map.tryFind "code" entry.Fields) |> List.distinct |> List.sort })
    |> List.sortBy (fun group -> -group.count, group.message)

let private summariseLines count lines =
    let lines = lines |> List.filter (fun line -> not (String.isBlank line))
    let entries = lines |> List.choose parse
    { lines = List.length lines
      unreadable = List.length lines - List.length entries
      levels = countLevels entries
      slowest = entries |> List.choose request |> List.sortByDescending (fun one -> one.ms) |> List.truncate count
      errors = groupErrors entries }

/// The summary of a file, with so many of the slowest requests.
let summarise (path: string) (slowest: int) =
    File.readLines path |> summariseLines slowest
