// Catches the denial and goes on as if nothing had happened.
// capabilities: fs:read
// call: attack []
// answers: "nothing"
// record: denied fs:read File.read
let attack () = try File.read "../secret.txt" with _ -> "nothing"
