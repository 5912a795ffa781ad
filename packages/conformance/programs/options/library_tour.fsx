let x = Some 5
let y = x |> Option.map ((+) 1) |> Option.filter (fun v -> v > 3) |> Option.defaultValue 0
printfn "%d" y
printfn "%b %b" x.IsSome x.IsNone
printfn "%d" x.Value
printfn "%d" (Option.fold (+) 10 x)
printfn "%d" (defaultArg None 3)
printfn "%d" (Option.bind (fun v -> if v > 3 then Some (v * 2) else None) x |> Option.get)
x |> Option.iter (printfn "got %d")
match Option.toList x with [v] -> printfn "%d" v | _ -> ()
printfn "%b" (Option.contains 5 x)
printfn "%b" (Option.exists (fun v -> v > 10) x)
match Option.orElse (Some 1) None with Some v -> printfn "%d" v | None -> ()
match Option.map2 (+) (Some 1) (Some 2) with Some v -> printfn "%d" v | None -> ()
printfn "%d" (Option.count x)
