// Map functions that call the program back, always in ascending order of the keys unless the name says otherwise.
// A map is taken apart into an array of keys and one of values; what is built keeps the order, so nothing is sorted again.

let map f (table: Map<'k, 'v>) =
    let keys = Native.mapKeys table
    let values = Native.mapValues table
    let count = Array.length keys
    let results = Native.blank count
    for i = 0 to count - 1 do
        results.[i] <- f keys.[i] values.[i]
    Native.mapOfAscending keys results count

let mapValues f (table: Map<'k, 'v>) =
    let keys = Native.mapKeys table
    let values = Native.mapValues table
    let count = Array.length keys
    let results = Native.blank count
    for i = 0 to count - 1 do
        results.[i] <- f values.[i]
    Native.mapOfAscending keys results count

let iter (f: 'k -> 'v -> unit) (table: Map<'k, 'v>) =
    let keys = Native.mapKeys table
    let values = Native.mapValues table
    for i = 0 to Array.length keys - 1 do
        f keys.[i] values.[i]

let rec foldFrom f state (keys: 'k array) (values: 'v array) i =
    if i < Array.length keys then foldFrom f (f state keys.[i] values.[i]) keys values (i + 1) else state

let fold f state (table: Map<'k, 'v>) = foldFrom f state (Native.mapKeys table) (Native.mapValues table) 0

let rec foldDown f state (keys: 'k array) (values: 'v array) i =
    if i >= 0 then foldDown f (f keys.[i] values.[i] state) keys values (i - 1) else state

let foldBack f (table: Map<'k, 'v>) state =
    foldDown f state (Native.mapKeys table) (Native.mapValues table) (Map.count table - 1)

// Index of the first entry that the predicate accepts, or -1.
let rec indexFrom (f: 'k -> 'v -> bool) (keys: 'k array) (values: 'v array) i =
    if i >= Array.length keys then -1
    elif f keys.[i] values.[i] then i
    else indexFrom f keys values (i + 1)

let exists f (table: Map<'k, 'v>) = indexFrom f (Native.mapKeys table) (Native.mapValues table) 0 >= 0

let rec forallFrom (f: 'k -> 'v -> bool) (keys: 'k array) (values: 'v array) i =
    i >= Array.length keys || (f keys.[i] values.[i] && forallFrom f keys values (i + 1))

let forall f (table: Map<'k, 'v>) = forallFrom f (Native.mapKeys table) (Native.mapValues table) 0

let findKey f (table: Map<'k, 'v>) =
    let keys = Native.mapKeys table
    let i = indexFrom f keys (Native.mapValues table) 0
    if i < 0 then Native.fail "FUS0505" "Map.findKey: no element satisfies predicate" else keys.[i]

let tryFindKey f (table: Map<'k, 'v>) =
    let keys = Native.mapKeys table
    let i = indexFrom f keys (Native.mapValues table) 0
    if i < 0 then None else Some keys.[i]

let rec pickFrom (f: 'k -> 'v -> 'a option) (keys: 'k array) (values: 'v array) i =
    if i >= Array.length keys then None
    else
        match f keys.[i] values.[i] with
        | None -> pickFrom f keys values (i + 1)
        | found -> found

let tryPick f (table: Map<'k, 'v>) = pickFrom f (Native.mapKeys table) (Native.mapValues table) 0

let pick f (table: Map<'k, 'v>) =
    match pickFrom f (Native.mapKeys table) (Native.mapValues table) 0 with
    | Some found -> found
    | None -> Native.fail "FUS0505" "Map.pick: no element satisfies predicate"

// Keys and values are fresh arrays: what is kept moves to their front.
let filter (f: 'k -> 'v -> bool) (table: Map<'k, 'v>) =
    let keys = Native.mapKeys table
    let values = Native.mapValues table
    let mutable kept = 0
    for i = 0 to Array.length keys - 1 do
        if f keys.[i] values.[i] then
            keys.[kept] <- keys.[i]
            values.[kept] <- values.[i]
            kept <- kept + 1
    Native.mapOfAscending keys values kept

let partition (f: 'k -> 'v -> bool) (table: Map<'k, 'v>) =
    let keys = Native.mapKeys table
    let values = Native.mapValues table
    let count = Array.length keys
    let otherKeys = Native.blank count
    let otherValues = Native.blank count
    let mutable kept = 0
    let mutable others = 0
    for i = 0 to count - 1 do
        if f keys.[i] values.[i] then
            keys.[kept] <- keys.[i]
            values.[kept] <- values.[i]
            kept <- kept + 1
        else
            otherKeys.[others] <- keys.[i]
            otherValues.[others] <- values.[i]
            others <- others + 1
    (Native.mapOfAscending keys values kept, Native.mapOfAscending otherKeys otherValues others)

let change key (f: 'v option -> 'v option) (table: Map<'k, 'v>) =
    match f (Map.tryFind key table) with
    | Some value -> Map.add key value table
    | None -> Map.remove key table
