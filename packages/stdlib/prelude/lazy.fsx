// Values that are computed when they are asked for first.

type Progress<'a> =
    | Unasked
    | Done of 'a
    | Failed of exn

let value (source: Lazy<'a>) : 'a = (Native.forceOf source) ()

let force (source: Lazy<'a>) () : 'a = (Native.forceOf source) ()

// A computation that raised raises the same again, without running again.
let make (compute: unit -> 'a) =
    let mutable progress = Unasked
    Native.lazyOf (fun () ->
        match progress with
        | Done x -> x
        | Failed e -> raise e
        | Unasked ->
            try
                let x = compute ()
                progress <- Done x
                x
            with e ->
                progress <- Failed e
                reraise ())
