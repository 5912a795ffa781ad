let eval (text: string) = Script.eval text
let show (text: string) = Script.evalToString text
let attempt (text: string) = match Script.tryEval text with Ok _ -> "ok" | Error message -> message
let hidden () = 42
