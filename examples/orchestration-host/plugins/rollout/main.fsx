// Plans; doing is the host's. A step is a call of a plugin, and the call that takes it back.
type Call = { plugin: string; action: string; args: string list }
type Step = { title: string; call: Call; undo: Call option }

let private call plugin action args = { plugin = plugin; action = action; args = args }

let private stepsOf version server =
    let former = Plugins.Installer.installed server
    [ { title = $"drain {server}"
        call = call "balancer" "drain" [ server ]
        undo = Some(call "balancer" "admit" [ server ]) }
      { title = $"install {version} on {server}"
        call = call "installer" "install" [ server; version ]
        undo = Some(call "installer" "install" [ server; former ]) }
      { title = $"verify {server}"
        call = call "installer" "verify" [ server; version ]
        undo = None }
      { title = $"admit {server}"
        call = call "balancer" "admit" [ server ]
        undo = Some(call "balancer" "drain" [ server ]) } ]

/// The steps that bring a version onto all servers of a role, one server after the other.
let plan (role: string) (version: string) : Step list =
    match Plugins.Inventory.servers role with
    | [] -> failwith $"no servers with the role {role}"
    | servers -> servers |> List.collect (stepsOf version)
