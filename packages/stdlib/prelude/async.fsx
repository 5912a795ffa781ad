// Functions of Async. Work that continues other work is taken apart: what is still to come stands in a list, so that
// binds may be as deep as they like, to the left and to the right.

let rec run (work: Async<'a>) (rest: ('a -> Async<'a>) list) : 'a =
    if Native.isBinding work then
        run (Native.sourceOf work) (Native.continuationOf work :: rest)
    else
        match rest with
        | continuation :: others ->
            let result = (Native.workOf work) ()
            run (continuation result) others
        | [] -> (Native.workOf work) ()

let runSynchronously (work: Async<'a>) = run work []

let bind (source: Async<'a>) (continuation: 'a -> Async<'b>) : Async<'b> =
    Native.binding source continuation (fun () -> run (Native.retyped source) [ Native.retyped continuation ])

let result x = Native.async (fun () -> x)

let returnFrom (work: Async<'a>) = work

let zero () = Native.async (fun () -> ())

let delay (make: unit -> Async<'a>) = bind (zero ()) make

let combine (first: Async<unit>) (second: Async<'a>) = bind first (fun () -> second)

let map f (work: Async<'a>) = bind work (fun x -> result (f x))

let ignoreResult (work: Async<'a>) = map (fun _ -> ()) work

let rec whileLoop (condition: unit -> bool) (body: Async<unit>) =
    delay (fun () ->
        if condition () then bind body (fun () -> whileLoop condition body) else zero ())

// What work gives, or the exception that ends it.
let attempt (work: Async<'a>) =
    Native.async (fun () ->
        try
            Ok (run work [])
        with e ->
            Error e)

let tryWith (work: Async<'a>) (handler: exn -> Async<'a>) =
    bind (attempt work) (fun outcome ->
        match outcome with
        | Ok x -> result x
        | Error e -> handler e)

let tryFinally (work: Async<'a>) (cleanup: unit -> unit) =
    Native.async (fun () ->
        try
            run work []
        finally
            cleanup ())

let rec forEachFrom (next: bool -> 'a option) (body: 'a -> Async<unit>) =
    match next true with
    | Some x -> bind (body x) (fun () -> forEachFrom next body)
    | None -> zero ()

// Work over what `source` gives, which ends before what follows the work begins.
let traverse (source: seq<'a>) (work: (bool -> 'a option) -> Async<'b>) : Async<'b> =
    delay (fun () ->
        let next = Native.enumerate source
        match Native.enumerationOf source with
        | 0 -> tryFinally (work next) (fun () -> next false |> ignore)
        | _ -> work next)

let forEach (source: seq<'a>) body = traverse source (fun next -> forEachFrom next body)

let using resource (body: 'r -> Async<'a>) =
    tryFinally (delay (fun () -> body resource)) (fun () -> Native.dispose resource)

let catch (work: Async<'a>) =
    map
        (fun outcome ->
            match outcome with
            | Ok x -> Ok x
            | Error (e: exn) -> Error e.Message)
        (attempt work)

let sleep milliseconds = Native.async (fun () -> Async.sleep milliseconds)

let after milliseconds f = bind (sleep milliseconds) (fun () -> result (f ()))

let rec collectFrom results next =
    match next true with
    | Some work -> bind work (fun x -> collectFrom (x :: results) next)
    | None -> result (List.toArray (List.rev results))

let sequential (works: seq<Async<'a>>) = traverse works (collectFrom [])

// Work beside other work.

let start (work: Async<'a>) : Async<'a> = Async.spawn (fun () -> run work [])

let startChild (work: Async<'a>) : Async<Async<'a>> =
    Native.async (fun () -> Async.spawnChild (fun () -> run work []))

let startAndForget (work: Async<unit>) = Async.spawnAndForget (fun () -> run work [])

let runner (work: Async<'a>) = fun () -> run work []

let rec runnersOf (works: Async<'a> list) runners =
    match works with
    | work :: rest -> runnersOf rest (runner work :: runners)
    | [] -> List.rev runners

let parallel (works: Async<'a> list) : Async<'a list> =
    Native.async (fun () -> Async.together (runnersOf works []))

let rec runnersFrom runners next =
    match next true with
    | Some(work: Async<'a>) -> runnersFrom (runner work :: runners) next
    | None -> List.rev runners

let parallelArray (works: seq<Async<'a>>) : Async<'a array> =
    Native.async (fun () -> List.toArray (Async.togetherInArray (Native.traverse works (runnersFrom []))))

let withTimeout milliseconds (work: Async<'a>) : Async<'a option> =
    Native.async (fun () -> Async.inTime milliseconds (fun () -> run work []))
