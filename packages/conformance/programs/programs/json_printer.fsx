type Json =
    | JNull
    | JBool of bool
    | JNumber of float
    | JString of string
    | JArray of Json list
    | JObject of (string * Json) list

let escape (s: string) =
    s
    |> String.collect (fun c ->
        match c with
        | '"' -> "\\\""
        | '\\' -> "\\\\"
        | '\n' -> "\\n"
        | c when c < ' ' -> sprintf "\\u%04x" (int c)
        | c -> string c)

let rec compact json =
    match json with
    | JNull -> "null"
    | JBool true -> "true"
    | JBool false -> "false"
    | JNumber n -> sprintf "%g" n
    | JString s -> sprintf "\"%s\"" (escape s)
    | JArray items -> items |> List.map compact |> String.concat "," |> sprintf "[%s]"
    | JObject members ->
        members
        |> List.map (fun (k, v) -> sprintf "\"%s\":%s" (escape k) (compact v))
        |> String.concat ","
        |> sprintf "{%s}"

let pretty json =
    let rec go indent json =
        let pad = String.replicate indent "  "
        match json with
        | JArray [] -> "[]"
        | JObject [] -> "{}"
        | JArray items ->
            let inner = items |> List.map (fun i -> pad + "  " + go (indent + 1) i) |> String.concat ",\n"
            "[\n" + inner + "\n" + pad + "]"
        | JObject members ->
            let inner =
                members
                |> List.map (fun (k, v) -> $"{pad}  \"{escape k}\": {go (indent + 1) v}")
                |> String.concat ",\n"
            "{\n" + inner + "\n" + pad + "}"
        | other -> compact other
    go 0 json

let rec depth = function
    | JArray items -> 1 + (items |> List.map depth |> List.fold max 0)
    | JObject members -> 1 + (members |> List.map (snd >> depth) |> List.fold max 0)
    | _ -> 0

let rec query path json =
    match path, json with
    | [], j -> Some j
    | key :: rest, JObject members ->
        members |> List.tryFind (fun (k, _) -> k = key) |> Option.bind (fun (_, v) -> query rest v)
    | index :: rest, JArray items ->
        match String.toInt index with
        | Some i when i >= 0 && i < items.Length -> query rest items.[i]
        | _ -> None
    | _ -> None

let doc =
    JObject
        [ "name", JString "Widget \"X\""
          "price", JNumber 12.5
          "tags", JArray [ JString "a"; JString "b\n"; JNull ]
          "dims", JObject [ "w", JNumber 3.0; "h", JNumber 1e10 ]
          "empty", JArray []
          "ok", JBool true ]

printfn "%s" (compact doc)
printfn "%s" (pretty doc)
printfn "%d" (depth doc)
printfn "%A" (query [ "dims"; "w" ] doc)
printfn "%A" (query [ "tags"; "1" ] doc)
printfn "%A" (query [ "tags"; "9" ] doc)
printfn "%A" doc
printfn "%s" (escape "tab\there")
