// What runs when work is cancelled. `Host.log` notes it, `Host.never` waits for good, `Host.abort` aborts the call that is running.

let never () = Host.never () |> ignore

let guard name work =
    try
        work ()
    finally
        Host.log name

let nested () = guard "outer" (fun () -> guard "inner" never)

let passesHandlers () =
    guard "outer" (fun () ->
        try
            guard "inner" never
        with _ ->
            Host.log "caught")

let waitsAgain () =
    guard "outer" (fun () ->
        try
            never ()
        finally
            Host.log "waits"
            never ()
            Host.log "goes on")

let raises () =
    guard "outer" (fun () ->
        try
            never ()
        finally
            failwith "broken")

let swallows () =
    try
        raises ()
    with e ->
        Host.log e.Message
    never ()
    Host.log "goes on"

let swallowsAndReturns () =
    try
        raises ()
    with _ ->
        ()
    "a value"

let uses () =
    use first = Host.resource "first"
    use second = Host.resource "second"
    never ()

let elements name =
    seq {
        try
            yield 1
            yield 2
        finally
            Host.log name
    }

let overSeq () =
    for x in elements "elements" do
        for y in elements "inner elements" do
            never ()

let insideSeq () =
    let waiting =
        seq {
            try
                yield 1
                try
                    never ()
                    yield 2
                with _ ->
                    Host.log "caught"
            finally
                Host.log "seq"
        }
    for x in waiting do
        Host.log $"{x}"

let inAsync () =
    Async.RunSynchronously (
        async {
            use a = Host.resource "resource"
            try
                do! Async.sleep 100000
            finally
                Host.log "async"
        }
    )

let retried () =
    let value = lazy (never (); 1)
    let work = async { return value.Value }
    let started = Async.start work
    Async.cancel started
    Async.start work |> ignore
    "computes again"

let timedOut () =
    let result = Async.RunSynchronously (Async.withTimeout 5 (async { return nested () }))
    Host.log $"{result}"

let cancelled () =
    let started = Async.start (async { return nested () })
    Async.cancel started
    Host.log "cancelled"

let cancelledInTurn () =
    let first = Async.start (async { return guard "first" never })
    let second = Async.start (async { return guard "second" (fun () -> try never () finally Async.cancel first) })
    Async.cancel second
    Host.log "cancelled"

let cancelledRaises () =
    let started = Async.start (async { return raises () })
    Async.cancel started
    Host.log "cancelled"

let parallel () =
    Async.RunSynchronously (
        Async.parallel [
            async { return guard "a" never }
            async { return guard "b" never }
            async {
                do! Async.sleep 5
                return failwith "c fails"
            }
        ]
    )

let rec count n = if n > 0 then count (n - 1)

let aborts () =
    guard "outer" (fun () ->
        try
            try
                Host.abort ()
                count 1000000
            with _ ->
                Host.log "caught"
        finally
            count 100000
            Host.log "inner")

let lives () =
    try
        never ()
    finally
        Host.log "lives"
        while true do
            ()

let cancelTask name =
    let work =
        match name with
        | "nested" -> nested
        | "passesHandlers" -> passesHandlers
        | "waitsAgain" -> waitsAgain
        | "swallows" -> swallows
        | "swallowsAndReturns" -> swallowsAndReturns >> ignore
        | "uses" -> uses
        | "overSeq" -> overSeq
        | "insideSeq" -> insideSeq
        | "inAsync" -> inAsync
        | "raises" -> raises
        | "lives" -> lives
        | _ -> failwith name
    Async.start (async { return work () }) |> Async.cancel
    Host.log "cancelled"

let spins () =
    guard "guarded" (fun () ->
        while true do
            ())

let recurses () =
    let rec deeper n = 1 + deeper (n + 1)
    guard "guarded" (fun () -> deeper 0 |> ignore)

let allocates () =
    guard "guarded" (fun () ->
        let mutable texts = []
        while true do
            texts <- String.replicate 1000 "ab" :: texts)

let exits () = guard "guarded" (fun () -> exit 3)

let tasksSpin () =
    let waiting = Async.start (async { return guard "guarded" never })
    let spinning =
        async {
            do! Async.sleep 1
            spins ()
        }
    Async.RunSynchronously (Async.parallel [ async { return guard "beside" never }; spinning ]) |> ignore
