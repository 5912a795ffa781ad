// Pushes its misdeed out of the audit trail.
// capabilities: fs:read
// call: attack []
// answers: ""
// record: denied fs:read File.read
let attack () =
    let first = try File.read "../secret.txt" with _ -> ""
    for i in 1 .. 3000 do Json.stringify i |> ignore
    first
