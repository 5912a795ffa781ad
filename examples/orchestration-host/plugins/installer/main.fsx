let private file server = $"servers/{server}/version"

let installed (server: string) : string = String.trim (File.read (file server))

let install (server: string) (version: string) = File.write (file server) (version + "\n")

/// Raises unless a server runs what it should, and may.
let verify (server: string) (version: string) =
    let found = installed server
    if found <> version then
        failwith $"{server} runs {found}, not {version}"
    let major = String.split "." version |> List.head |> int
    match Plugins.Inventory.newest server with
    | Some newest when major <= newest -> ()
    | Some newest -> failwith $"{server} may not run anything newer than {newest}"
    | None -> failwith $"{server} is in no inventory"
