type B() =
    member _.Bind(x, f) = printfn "bind"; Option.bind f x
    member _.Return x = Some x
    member _.ReturnFrom x = x
    member _.Zero () = printfn "zero"; Some ()
    member _.Combine (a, b) = printfn "combine"; match a with Some () -> b () | None -> None
    member _.Delay f = f
    member _.Run f = printfn "run"; f ()
    member _.For (xs, f) =
        let rec go = function
            | [] -> Some ()
            | x :: rest -> match f x with Some () -> go rest | None -> None
        go xs
    member _.While (g, body) =
        let rec go () = if g () then (match body () with Some () -> go () | None -> None) else Some ()
        go ()
    member _.TryWith (body, h) = try body () with e -> h e
    member _.TryFinally (body, f) = try body () finally f ()
let b = B()
let r1 = b {
    let! x = Some 1
    if x > 0 then printfn "positive"
    for i in [1; 2] do
        printfn "i %d" i
    return x + 1 }
match r1 with Some v -> printfn "%d" v | None -> printfn "none"
let r2 = b {
    try
        do! Some ()
        let! y = None
        return y
    finally
        printfn "fin" }
match r2 with Some v -> printfn "%d" v | None -> printfn "none"
let r3 = b {
    let i = ref 0
    while i.Value < 2 do
        printfn "w %d" i.Value
        i.Value <- i.Value + 1
    match i.Value with
    | 2 -> return! Some 7
    | _ -> return 0 }
match r3 with Some v -> printfn "%d" v | None -> printfn "none"
let r4 = b {
    let! a, b' = Some (1, 2)
    return a + b' }
match r4 with Some v -> printfn "%d" v | None -> ()
