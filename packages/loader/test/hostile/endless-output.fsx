// Prints without end.
// call: attack []
// fails: FUS0606
// record: denied stdout:write printfn|allowed stdout:write printfn
let attack () = while true do printfn "%s" (String.replicate 100 "spam")
