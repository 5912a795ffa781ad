// Work beside other work; `Host.log` notes what happens in which order, `Host.later` answers after so many milliseconds.

let step name milliseconds = async {
    Host.log $"{name} begins"
    do! Async.sleep milliseconds
    Host.log $"{name} ends"
    return name
}

let together () = Async.RunSynchronously (Async.parallel [ step "a" 300; step "b" 1; step "c" 100 ])

let togetherInArray () = Async.RunSynchronously (Async.Parallel (seq { for i in 1 .. 3 -> async { return i * i } }))

let failing milliseconds = async {
    do! Async.sleep milliseconds
    return failwith "broken"
}

let firstFailure () = Async.RunSynchronously (Async.parallel [ step "slow" 5000; failing 5; step "slower" 6000 ])

let caught () = Async.RunSynchronously (Async.catch (Async.parallel [ step "slow" 5000; failing 5 ]))

let inTime milliseconds wait = Async.RunSynchronously (Async.withTimeout milliseconds (step "work" wait))

let guarded milliseconds = async {
    try
        do! Async.sleep milliseconds
        Host.log "not cancelled"
    finally
        Host.log "cleaned up"
}

let cleanedUp () = Async.RunSynchronously (Async.withTimeout 10 (guarded 5000))

let nestedCleanUp () =
    let inner = async {
        try
            do! guarded 5000
        finally
            Host.log "outer cleaned up"
    }
    Async.RunSynchronously (Async.withTimeout 10 (Async.map ignore (Async.parallel [ inner ])))

let handle () =
    let started = Async.start (step "job" 5)
    Host.log "started"
    let first = Async.await started
    first, Async.await started

let cancelled () =
    let started = Async.start (guarded 5000)
    Async.cancel started
    Async.cancel started
    Async.RunSynchronously (Async.sleep 5)
    Host.log "on"

let awaitCancelled () =
    let started = Async.start (guarded 5000)
    Async.cancel started
    try
        Async.await started
    with _ ->
        Host.log "never"

let cancelUnstarted () = Async.cancel (Async.sleep 1)

let cancelDone () =
    let started = Async.start (async { return 3 })
    Async.cancel started
    Async.await started

let children () =
    let parent = async {
        let! child = Async.StartChild (step "child" 5000)
        do! Async.sleep 5000
        return! child
    }
    let started = Async.start parent
    Async.RunSynchronously (Async.sleep 5)
    Async.cancel started
    Host.log "cancelled"

let childResult () =
    Async.RunSynchronously (
        async {
            let! child = Async.StartChild (step "child" 5)
            Host.log "meanwhile"
            return! child
        }
    )

let forgotten () =
    Async.Start (
        async {
            do! Async.sleep 5
            failwith "lost"
        }
    )

let many count = Async.RunSynchronously (Async.parallel (List.init count (fun i -> step (string i) 5)))

let manyHandles count = List.init count (fun i -> Async.start (step (string i) 5000)) |> List.length

let quick count =
    Async.RunSynchronously (Async.parallel (List.init count (fun i -> async { return i })))

let spinning () =
    Async.RunSynchronously (
        Async.parallel [
            async {
                while true do
                    do! Async.sleep 0
            }
            async {
                while true do
                    ignore (List.init 100 id)
            }
        ]
    )

let waiting () = Async.RunSynchronously (Async.parallel [ Async.sleep 60000; Async.sleep 60000 ])

let hostWaits () = Async.RunSynchronously (Async.withTimeout 10 (async { return Host.never () }))

let selfCancelled () =
    let mutable self = Async.Return ()
    let work = async {
        do! Async.sleep 1
        Async.cancel self
        Host.log "still here"
        do! Async.sleep 1
        Host.log "not here"
    }
    self <- Async.start work
    Async.RunSynchronously (Async.sleep 20)

let rec nested depth : Async<int> = async {
    if depth = 0 then
        return 0
    else
        let inner = Async.start (nested (depth - 1))
        let! below = inner
        return below + 1
}

let nestedStarts depth = Async.RunSynchronously (nested depth)

let background () =
    let loop = async {
        while true do
            Host.log "tick"
            do! Async.sleep 5
    }
    ignore (Async.start loop)

let described = async {
    do! Async.sleep 5000
    return 1
}

let describedWork () = described

let mutable pending = async { return [ 0 ] }

let describe () = pending <- Async.parallel [ Async.Return 1; Async.Return 2 ]
let describeInTime () = Async.withTimeout 5 (Async.Return 1) |> ignore
let describeChild () = Async.StartChild (Async.Return 1) |> ignore
let startDescribed () = Async.RunSynchronously pending
