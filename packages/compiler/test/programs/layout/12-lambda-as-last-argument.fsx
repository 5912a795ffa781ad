items |> List.iter (fun item ->
    printfn "%s" item
    log item)
