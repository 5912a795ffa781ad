printfn "%s" 42
