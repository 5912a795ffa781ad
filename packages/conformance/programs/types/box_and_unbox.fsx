let values = [ box 1; box "a"; box 2.5; box 'c'; box true ]
for value in values do
    match value with
    | :? int as i -> printfn "int %d" i
    | :? string as s -> printfn "string %s" s
    | :? float as f -> printfn "float %f" f
    | :? char as c -> printfn "char %c" c
    | :? bool -> printfn "bool"
    | _ -> printfn "?"
let n: int = unbox (box 4)
printfn "%d" (n + unbox<int> (box 5))
printfn "%d" ([ box 1; box 2 ] |> List.map unbox<int> |> List.sum)
printfn "%s" (try unbox<string> (box 1) with :? System.InvalidCastException -> "no string")
