type Server = { name: string; role: string; newest: int }

let private text key entry =
    match Json.getString key entry with
    | Some text -> text
    | None -> failwith $"inventory.json: a server without {key}"

let private known () =
    match Json.toArray (Json.parse (File.read "inventory.json")) with
    | Some entries ->
        entries
        |> List.map (fun entry ->
            { name = text "name" entry
              role = text "role" entry
              newest = int (text "up-to" entry) })
    | None -> failwith "inventory.json: not a list of servers"

/// The names of the servers with a role.
let servers (role: string) : string list =
    known () |> List.filter (fun server -> server.role = role) |> List.map (fun server -> server.name)

/// The newest major version that a server may run.
let newest (name: string) : int option =
    known () |> List.tryFind (fun server -> server.name = name) |> Option.map (fun server -> server.newest)
