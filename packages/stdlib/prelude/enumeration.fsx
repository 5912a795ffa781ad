// Traversals: from anything that has elements to a function that gives the next one, and None after the last. Nobody
// asks again after None.

let listCursor xs =
    let mutable rest = xs
    fun () ->
        match rest with
        | x :: others ->
            rest <- others
            Some x
        | [] -> None

// The array itself and not a copy: a seq of an array shows what is in it now.
let arrayCursor (items: 'a array) =
    let mutable at = 0
    fun () ->
        if at < Array.length items then
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

let rec listFrom next acc =
    match next () with
    | Some x -> listFrom next (x :: acc)
    | None -> List.rev acc

let toList (source: seq<'a>) =
    match Native.enumerationOf source with
    | 0 -> listFrom (enumerate source) []
    | 1 -> Native.retyped source
    | _ -> Array.toList (Native.elements source)

let toArray (source: seq<'a>) =
    match Native.enumerationOf source with
    | 0 -> List.toArray (listFrom (enumerate source) [])
    | _ -> Native.elements source

// What native functions can walk through without running any code of the program.
let settled (source: seq<'a>) : seq<'a> =
    match Native.enumerationOf source with
    | 0 -> listFrom (enumerate source) []
    | _ -> source
