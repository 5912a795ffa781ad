// Checks a configuration text of sections and `key = value` lines against the rules below. Every problem is reported, each
// with its line, so that a person can repair the file in one go.

type Kind =
    | Text
    | Whole of least: int * greatest: int
    | Switch
    | OneOf of string list

type Rule = { Section: string; Key: string; Kind: Kind; Required: bool }

type Entry = { Section: string; Key: string; Value: string; Line: int }

type Problem = { line: int; message: string }

let rules: Rule list =
    [ { Section = "server"; Key = "host"; Kind = Text; Required = true }
      { Section = "server"; Key = "port"; Kind = Whole(1, 65535); Required = true }
      { Section = "server"; Key = "tls"; Kind = Switch; Required = false }
      { Section = "log"; Key = "level"; Kind = OneOf [ "debug"; "info"; "warn"; "error" ]; Required = true }
      { Section = "log"; Key = "keep-days"; Kind = Whole(1, 365); Required = false } ]

type Line =
    | Blank
    | Header of string
    | Setting of string * string
    | Malformed of string

let parseLine (text: string) =
    let text = String.trim text
    if text = "" || text.StartsWith "#" || text.StartsWith ";" then
        Blank
    elif text.StartsWith "[" && text.EndsWith "]" then
        Header(String.trim (String.slice 1 (text.Length - 1) text))
    else
        match String.indexOf "=" text with
        | Some at when at > 0 ->
            let key = text |> String.slice 0 at |> String.trim
            let value = text |> String.slice (at + 1) text.Length |> String.trim
            Setting(key, value)
        | _ -> Malformed text

/// Goes through the lines with the section that each of them stands in.
let rec private collect section number lines entries problems =
    match lines with
    | [] -> List.rev entries, List.rev problems
    | line :: rest ->
        match parseLine line with
        | Blank -> collect section (number + 1) rest entries problems
        | Header name -> collect name (number + 1) rest entries problems
        | Setting(key, value) ->
            let entry = { Section = section; Key = key; Value = value; Line = number }
            collect section (number + 1) rest (entry :: entries) problems
        | Malformed text ->
            let problem = { line = number; message = $"expected [section] or key = value, found '{text}'" }
            collect section (number + 1) rest entries (problem :: problems)

let private kindProblem kind value =
    match kind with
    | Text when value = "" -> Some "must not be empty"
    | Text -> None
    | Switch ->
        if List.contains value [ "true"; "false"; "on"; "off" ] then None
        else Some $"must be true, false, on or off, not '{value}'"
    | OneOf names ->
        if List.contains value names then None
        else
            let known = String.concat ", " names
            Some $"must be one of {known}, not '{value}'"
    | Whole(least, greatest) ->
        match String.toInt value with
        | Some number when number >= least && number <= greatest -> None
        | Some number -> Some $"must be between {least} and {greatest}, not {number}"
        | None -> Some $"must be a whole number, not '{value}'"

let private fullName section key = if section = "" then key else $"{section}.{key}"

let private entryProblem (entry: Entry) =
    let name = fullName entry.Section entry.Key
    let about message = { line = entry.Line; message = message }
    match rules |> List.tryFind (fun rule -> rule.Section = entry.Section && rule.Key = entry.Key) with
    | None -> Some(about $"unknown setting {name}")
    | Some rule -> kindProblem rule.Kind entry.Value |> Option.map (fun what -> about $"{name} {what}")

let private duplicates (entries: Entry list) =
    entries
    |> List.groupBy (fun entry -> fullName entry.Section entry.Key)
    |> List.collect (fun (name, same) ->
        let first = List.head same
        List.tail same
        |> List.map (fun entry ->
            { line = entry.Line; message = $"{name} is set twice, first in line {first.Line}" }))

let private missing (entries: Entry list) =
    let isSet (rule: Rule) =
        entries |> List.exists (fun entry -> entry.Section = rule.Section && entry.Key = rule.Key)
    rules
    |> List.filter (fun rule -> rule.Required && not (isSet rule))
    |> List.map (fun rule -> { line = 0; message = $"missing setting {fullName rule.Section rule.Key}" })

/// All problems of a text, by line; line 0 stands for what is missing.
let check (text: string) =
    let entries, malformed = collect "" 1 (String.lines text) [] []
    malformed @ List.choose entryProblem entries @ duplicates entries @ missing entries
    |> List.sortBy (fun problem -> problem.line)

/// The rules, one line each.
let describe () =
    rules
    |> List.map (fun rule ->
        let kind =
            match rule.Kind with
            | Text -> "text"
            | Whole(least, greatest) -> $"{least} to {greatest}"
            | Switch -> "on or off"
            | OneOf names -> String.concat " | " names
        let need = if rule.Required then "required" else "optional"
        $"{fullName rule.Section rule.Key}: {kind}, {need}")
