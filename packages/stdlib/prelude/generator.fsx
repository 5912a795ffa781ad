// Bodies of `seq { }`, in continuation-passing form. A generator is called with a cell, into which it puts how to go on
// before it gives an element, and with what comes after it. All calls are tail calls, so that nested loops and
// `yield!` need no stack, and an element costs the same however deep it was yielded.
//
// What is in the cell, and what comes after, is told whether to go on, as every traversal is. Told not to, it ends what it
// has begun and tells what comes after it: so everything that is open ends, from the inside to the outside. For the same
// after an exception, what opens something puts itself into the cell before it runs code of the program.

let exhausted (_: bool) = None

let traversal generator =
    let resume = ref exhausted
    resume.Value <- (fun going -> if going then generator resume exhausted else None)
    fun going ->
        let follow = resume.Value
        if not going then resume.Value <- exhausted
        follow going

let sequence generator = Native.generated (fun () -> traversal generator) generator

let delay make =
    fun resume after ->
        let generator = make ()
        generator resume after

let zero () =
    fun resume after -> after true

let yieldOne x =
    fun (resume: (bool -> 'a option) ref) after ->
        resume.Value <- after
        Some x

let endBoth next after = Native.close next (fun () -> after false)

let yieldFrom (source: seq<'a>) =
    fun (resume: (bool -> 'a option) ref) after ->
        if Native.isGenerated source then
            let generator = Native.generatorOf source
            generator resume after
        else
            let next = Native.enumerate source
            let loop going =
                if going then
                    match next true with
                    | None ->
                        next false |> ignore
                        after true
                    | found -> found
                else
                    endBoth next after
            resume.Value <- loop
            loop true

let combine first second =
    fun resume after -> first resume (fun going -> if going then second resume after else after false)

let forEach (source: seq<'a>) body =
    fun (resume: (bool -> 'b option) ref) after ->
        let next = Native.enumerate source
        let rec loop going =
            if going then
                resume.Value <- loop
                match next true with
                | Some x ->
                    let generator = body x
                    generator resume loop
                | None ->
                    next false |> ignore
                    after true
            else
                endBoth next after
        loop true

// `for x in source -> f x`.
let forEachOne (source: seq<'a>) f =
    fun (resume: (bool -> 'b option) ref) after ->
        let next = Native.enumerate source
        let loop going =
            if going then
                match next true with
                | Some x -> Some (f x)
                | None ->
                    next false |> ignore
                    after true
            else
                endBoth next after
        resume.Value <- loop
        loop true

let whileLoop (condition: unit -> bool) body =
    fun resume after ->
        let rec loop going = if going && condition () then body resume loop else after going
        loop true

let tryFinally body (cleanup: unit -> unit) =
    fun (resume: (bool -> 'a option) ref) after ->
        let finish going =
            if going then
                resume.Value <- after
                cleanup ()
                after true
            else
                try
                    cleanup ()
                finally
                    after false |> ignore
                None
        resume.Value <- finish
        body resume finish

let endedByFailure next =
    let mutable failing = true
    try
        let step = next true
        failing <- false
        step
    finally
        if failing then next false |> ignore

// A body whose exceptions are caught is a traversal of its own: what follows it must not run inside the handler.
let tryWith body handler =
    fun (resume: (bool -> 'a option) ref) after ->
        let next = traversal body
        let loop going =
            if going then
                let step =
                    try
                        Ok (endedByFailure next)
                    with e ->
                        Error e
                match step with
                | Ok None -> after true
                | Ok found -> found
                | Error e ->
                    let generator = handler e
                    generator resume after
            else
                endBoth next after
        resume.Value <- loop
        loop true

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

let allPairs (first: seq<'a>) (second: seq<'b>) =
    sequence (forEach first (fun x -> forEachOne second (fun y -> (x, y))))

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
            fun wanted ->
                if wanted && going && (if step > 0 then at <= last else at >= last) then
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
            fun going ->
                if going && (if step > 0.0 then at <= last else at >= last) then
                    let current: float = at
                    at <- current + step
                    Some current
                else
                    None)

let charRange (first: char) (last: char) =
    Native.seq (fun () ->
        let mutable at = int first
        fun going ->
            if going && at <= int last then
                at <- at + 1
                Some (char (at - 1))
            else
                None)
