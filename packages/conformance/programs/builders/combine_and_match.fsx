type B() =
    member _.Bind(x, f) = printfn "bind"; Option.bind f x
    member _.Return x = Some x
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
let b = B()
let r1 = b {
    let! x = Some 1
    if x > 0 then
        do! Some ()
        printfn "pos"
    for i in [1; 2] do
        let! q = Some i
        printfn "i %d" q
    return x + 1 }
match r1 with Some v -> printfn "%d" v | None -> printfn "none"
let r2 = b {
    printfn "a"
    let! y = Some 3
    printfn "b"
    if y = 3 then return "x" else return "y" }
match r2 with Some v -> printfn "%s" v | None -> printfn "none"
let r5 = b {
    match! Some 3 with
    | 3 -> return "three"
    | _ -> return "other" }
match r5 with Some v -> printfn "%s" v | None -> printfn "none"
let r6 = b {
    let f x = x + 1
    let! z = Some (f 1)
    let rec g n = if n = 0 then 0 else g (n - 1)
    return z + g 3 }
match r6 with Some v -> printfn "%d" v | None -> printfn "none"
