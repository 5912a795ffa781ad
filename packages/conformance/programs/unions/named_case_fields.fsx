type Animal =
    | Dog of name: string * age: int
    | Cat of name: string
let describe = function
    | Dog (name, age) when age > 10 -> sprintf "old dog %s" name
    | Dog (name = n; age = a) -> sprintf "dog %s %d" n a
    | Cat n -> "cat " + n
[Dog ("Rex", 12); Dog (name = "Fido", age = 3); Cat "Tom"] |> List.iter (describe >> printfn "%s")
