/// Members of the library that are written in Fusabi and need a capability: work is described, and never run.
let inTail () : Async<int list> = Async.parallel [ Async.Return 1 ]

let mutable kept = async { return [ 0 ] }

let called () = kept <- Async.parallel [ Async.Return 1 ]

let calledInTail () = kept <- inTail ()

let asValue () =
    let describe = Async.parallel
    kept <- describe [ Async.Return 1 ]

let handedOn () = [ [ Async.Return 1 ] ] |> List.map Async.parallel |> List.length |> ignore
