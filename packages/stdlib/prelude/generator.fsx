// Bodies of `seq { }`, in continuation-passing form. A generator is called with a cell, into which it puts how to go on
// before it gives an element, and with what comes after it. All calls are tail calls, so that nested loops and
// `yield!` need no stack, and an element costs the same however deep it was yielded.

let exhausted () = None

let sequence generator =
    Native.generated
        (fun () ->
            let resume = ref exhausted
            resume.Value <- (fun () -> generator resume exhausted)
            fun () -> resume.Value ())
        generator

let delay make =
    fun resume after ->
        let generator = make ()
        generator resume after

let zero () =
    fun resume after -> after ()

let yieldOne x =
    fun (resume: (unit -> 'a option) ref) after ->
        resume.Value <- after
        Some x

let yieldFrom (source: seq<'a>) =
    fun (resume: (unit -> 'a option) ref) after ->
        if Native.isGenerated source then
            let generator = Native.generatorOf source
            generator resume after
        else
            let next = Native.enumerate source
            let rec loop () =
                match next () with
                | None -> after ()
                | found ->
                    resume.Value <- loop
                    found
            loop ()

let combine first second =
    fun resume after -> first resume (fun () -> second resume after)

let forEach (source: seq<'a>) body =
    fun resume after ->
        let next = Native.enumerate source
        let rec loop () =
            match next () with
            | Some x ->
                let generator = body x
                generator resume loop
            | None -> after ()
        loop ()

// `for x in source -> f x`.
let forEachOne (source: seq<'a>) f =
    fun (resume: (unit -> 'b option) ref) after ->
        let next = Native.enumerate source
        let rec loop () =
            match next () with
            | Some x ->
                resume.Value <- loop
                Some (f x)
            | None -> after ()
        loop ()

let whileLoop (condition: unit -> bool) body =
    fun resume after ->
        let rec loop () = if condition () then body resume loop else after ()
        loop ()

// A body whose exceptions are caught is a traversal of its own: what follows it must not run inside the handler.
let traversal generator =
    let resume = ref exhausted
    resume.Value <- (fun () -> generator resume exhausted)
    fun () -> resume.Value ()

let tryFinally body (cleanup: unit -> unit) =
    fun (resume: (unit -> 'a option) ref) after ->
        let next = traversal body
        let rec loop () =
            let step =
                try
                    next ()
                with _ ->
                    cleanup ()
                    reraise ()
            match step with
            | None ->
                cleanup ()
                after ()
            | found ->
                resume.Value <- loop
                found
        loop ()

let tryWith body handler =
    fun (resume: (unit -> 'a option) ref) after ->
        let next = traversal body
        let rec loop () =
            let step =
                try
                    Ok (next ())
                with e ->
                    Error e
            match step with
            | Ok None -> after ()
            | Ok found ->
                resume.Value <- loop
                found
            | Error e ->
                let generator = handler e
                generator resume after
        loop ()

let using resource body =
    tryFinally
        (fun resume after ->
            let generator = body resource
            generator resume after)
        (fun () -> Native.dispose resource)

// The functions of Seq that join seqs are made of the same parts, so that recursion through them is as flat.

let delayed (make: unit -> seq<'a>) =
    sequence (fun resume after ->
        let generator = yieldFrom (make ())
        generator resume after)

let append (first: seq<'a>) (second: seq<'a>) = sequence (combine (yieldFrom first) (yieldFrom second))

let collect f (source: seq<'a>) = sequence (forEach source (fun x -> yieldFrom (f x)))

let concat (sources: seq<seq<'a>>) = sequence (forEach sources (fun source -> yieldFrom source))

let failZeroStep () = Native.fail "FUS0513" "Range step is zero"

// A sum that would wrap around ends the range.
let intRange first step last =
    if step = 0 then
        failZeroStep ()
    else
        Native.seq (fun () ->
            let mutable at = first
            let mutable going = true
            fun () ->
                if going && (if step > 0 then at <= last else at >= last) then
                    let current: int = at
                    at <- current + step
                    going <- if step > 0 then at > current else at < current
                    Some current
                else
                    None)

let floatRange first step last =
    if step = 0.0 then
        failZeroStep ()
    else
        Native.seq (fun () ->
            let mutable at = first
            fun () ->
                if (if step > 0.0 then at <= last else at >= last) then
                    let current: float = at
                    at <- current + step
                    Some current
                else
                    None)

let charRange (first: char) (last: char) =
    Native.seq (fun () ->
        let mutable at = int first
        fun () ->
            if at <= int last then
                at <- at + 1
                Some (char (at - 1))
            else
                None)
