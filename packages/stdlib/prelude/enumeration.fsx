// Traversals: from anything that has elements to a function of whether to go on. Of true it gives the next element, and None
// after the last; nobody asks again after None. Of false it gives None, whatever came before: the traversal is over, and what
// waits for its end runs now, the first time that it is said. Who starts a traversal ends it.

let listCursor xs =
    let mutable rest = xs
    fun going ->
        match rest with
        | x :: others when going ->
            rest <- others
            Some x
        | _ -> None

// The array itself and not a copy: a seq of an array shows what is in it now.
let arrayCursor (items: 'a array) =
    let mutable at = 0
    fun going ->
        if going && at < Array.length items then
            at <- at + 1
            Some items.[at - 1]
        else
            None

let enumerate (source: seq<'a>) =
    match Native.enumerationOf source with
    | 0 -> (Native.startOf source) ()
    | 1 -> listCursor (Native.retyped source)
    | 2 -> arrayCursor (Native.retyped source)
    | _ -> arrayCursor (Native.elements source)

// What `work` makes of a traversal, which is over afterwards, also when it fails.
let traverse (source: seq<'a>) work =
    let next = enumerate source
    match Native.enumerationOf source with
    | 0 ->
        try
            work next
        finally
            next false |> ignore
    | _ -> work next

// Ends a traversal, and then what it is a part of, also when the end of the first fails. Gives None, of whatever type.
let close (next: bool -> 'a option) (others: unit -> 'b) =
    try
        next false |> ignore
    finally
        others () |> ignore
    None

let rec listFrom acc next =
    match next true with
    | Some x -> listFrom (x :: acc) next
    | None -> List.rev acc

let toList (source: seq<'a>) =
    match Native.enumerationOf source with
    | 0 -> traverse source (listFrom [])
    | 1 -> Native.retyped source
    | _ -> Array.toList (Native.elements source)

let toArray (source: seq<'a>) =
    match Native.enumerationOf source with
    | 0 -> List.toArray (traverse source (listFrom []))
    | _ -> Native.elements source

// What native functions can walk through without running any code of the program.
let settled (source: seq<'a>) : seq<'a> =
    match Native.enumerationOf source with
    | 0 -> traverse source (listFrom [])
    | _ -> source
