let words = [ "one"; "two" ]
let total =
    words
    |> List.map (fun word -> word + "!")
    |> List.sum
printfn "%A" total
