[1; 2; 3]
|> List.map (fun x ->
    if x = 2 then
        failwithf "bad %d" x
    x)
|> printfn "%A"
