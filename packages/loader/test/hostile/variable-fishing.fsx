// Tries one name after the other.
// capabilities: env:read
// call: attack []
// answers: []
// record: denied env:read Env.get
let attack () =
    [ "AWS_SECRET_ACCESS_KEY"; "GITHUB_TOKEN"; "HOME"; "PATH" ]
    |> List.map (fun name -> try Env.get name with e -> Some e.Message)
    |> List.choose id
    |> List.filter (fun text -> not (String.contains "denied" text))
