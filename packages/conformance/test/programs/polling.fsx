// What `Async.poll` says of work in each of its states.

let text (state: AsyncState<int>) =
    match state with
    | Pending -> "pending"
    | Ready n when n > 9 -> "ready, large"
    | Ready n -> $"ready {n}"
    | Failed message -> $"failed: {message}"
    | Cancelled -> "cancelled"

let later milliseconds result = async {
    do! Async.sleep milliseconds
    return result
}

let failing = async { return failwith "broken" }
let dividing (n: int) = async { return 1 / n }

let states () =
    let slow = Async.start (later 60_000 1)
    let quick = Async.start (later 1 2)
    let before = text (Async.poll quick)
    Async.RunSynchronously (Async.sleep 20)
    let all = [
        text (Async.poll (later 0 1))
        text (Async.poll slow)
        before
        text (Async.poll quick)
        text (Async.poll (Async.start (Async.Return 10)))
        text (Async.poll (Async.start failing))
        text (Async.poll (Async.start (dividing 0)))
    ]
    Async.cancel slow
    Async.cancel quick
    all @ [ text (Async.poll slow); text (Async.poll quick) ]

let asValues () = [
    Async.poll (Async.Return 1)
    Async.poll (Async.start (Async.Return 1))
    Async.poll (Async.start failing)
]

let isReady (state: AsyncState<int>) = state = Ready 1
let areEqual () = Async.poll (Async.start (Async.Return 1)) = AsyncState.Ready 1
let inOrder () = Async.poll (Async.Return 1) < Ready 0 && Ready 1 < Failed "a"
let shown () = sprintf "%A" (Async.poll (Async.start (Async.Return "it"))) + string (Async.poll (Async.start failing))
