// Every form of the builder, and what runs when.
let log text = printfn "%s" text
let tick n = async { log (sprintf "tick %d" n); return n }

let loops =
    async {
        let mutable sum = 0
        for i in [ 1; 2; 3 ] do
            let! n = tick i
            sum <- sum + n
        let mutable n = 0
        while n < 2 do
            n <- n + 1
            do! Async.Ignore (tick (n * 100))
        for i = 3 downto 2 do
            do! async { log (sprintf "down %d" i) }
        for i in seq { 1 .. 2 } do
            log (sprintf "plain %d" i)
        return sum
    }
log "described"
printfn "%d" (Async.RunSynchronously loops)

let fails = async { return (failwith "broken": int) }
let handled =
    async {
        try
            let! x = fails
            return x
        with
        | Failure text -> return String.length text
    }
printfn "%d" (Async.RunSynchronously handled)
let unhandled =
    async {
        try
            return! fails
        with
        | :? DivideByZeroException -> return 0
    }
printfn "%s" (try string (Async.RunSynchronously unhandled) with e -> e.Message)
let cleaned =
    async {
        try
            log "body"
            return 1
        finally
            log "cleanup"
    }
printfn "%d" (Async.RunSynchronously cleaned)
let cleanedFailing =
    async {
        try
            return! fails
        finally
            log "cleanup after failure"
    }
printfn "%A" (Async.RunSynchronously (Async.Catch cleanedFailing))
printfn "%A" (Async.RunSynchronously (Async.catch (async { return 4 })))

let branching flag =
    async {
        if flag then
            do! Async.sleep 1
            log "slept"
        match! tick 7 with
        | 7 -> return "seven"
        | n -> return string n
    }
printfn "%s" (Async.RunSynchronously (branching true))
printfn "%s" (Async.RunSynchronously (branching false))

let mapped = tick 20 |> Async.map (fun n -> n + 1)
printfn "%d" (Async.await mapped)
printfn "%A" (Async.RunSynchronously (Async.Sequential [ tick 1; tick 2 ]))
printfn "%A" (Async.RunSynchronously (Async.Sequential (seq { for i in 5 .. 6 -> tick i })))
printfn "%d" (Async.RunSynchronously (Async.delay 1 (fun () -> 42)))
Async.RunSynchronously (async { do! Async.Sleep 1 })
Async.RunSynchronously (async { () })
let result: Async<float> = async { return 1 }
printfn "%A" (Async.RunSynchronously result)

// By name, without the builder.
let byName = Async.Bind (Async.Return 20) (fun x -> Async.ReturnFrom (Async.Return (x + 1)))
printfn "%d" (Async.RunSynchronously byName)
printfn "%d" (Async.RunSynchronously (Async.Combine (Async.Zero ()) (Async.Delay (fun () -> Async.Return 3))))

// let! with patterns, several asyncs at once, nested builders.
let nested =
    async {
        let! (a, b) = async { return (1, 2) }
        let! inner =
            async {
                let! x = tick a
                let! y = tick b
                return x + y
            }
        let option = option { let! z = Some inner in return z * 2 }
        return option
    }
printfn "%A" (Async.RunSynchronously nested)
printfn "%s" (string nested)
printfn "%s" (sprintf "%A" nested)
