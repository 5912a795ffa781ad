// Set functions that call the program back, in ascending order unless the name says otherwise.

let map f (items: Set<'a>) =
    let elements = Set.toArray items
    let count = Array.length elements
    let results = Native.blank count
    for i = 0 to count - 1 do
        results.[i] <- f elements.[i]
    Set.ofArray results

let iter (f: 'a -> unit) (items: Set<'a>) =
    let elements = Set.toArray items
    for i = 0 to Array.length elements - 1 do
        f elements.[i]

let rec foldFrom f state (elements: 'a array) i =
    if i < Array.length elements then foldFrom f (f state elements.[i]) elements (i + 1) else state

let fold f state (items: Set<'a>) = foldFrom f state (Set.toArray items) 0

let rec foldDown f state (elements: 'a array) i =
    if i >= 0 then foldDown f (f elements.[i] state) elements (i - 1) else state

let foldBack f (items: Set<'a>) state = foldDown f state (Set.toArray items) (Set.count items - 1)

let rec existsFrom (f: 'a -> bool) (elements: 'a array) i =
    i < Array.length elements && (f elements.[i] || existsFrom f elements (i + 1))

let exists f (items: Set<'a>) = existsFrom f (Set.toArray items) 0

let rec forallFrom (f: 'a -> bool) (elements: 'a array) i =
    i >= Array.length elements || (f elements.[i] && forallFrom f elements (i + 1))

let forall f (items: Set<'a>) = forallFrom f (Set.toArray items) 0

// The elements are a fresh array: what is kept moves to its front.
let filter (f: 'a -> bool) (items: Set<'a>) =
    let elements = Set.toArray items
    let mutable kept = 0
    for i = 0 to Array.length elements - 1 do
        if f elements.[i] then
            elements.[kept] <- elements.[i]
            kept <- kept + 1
    Native.setOfAscending elements kept

let partition (f: 'a -> bool) (items: Set<'a>) =
    let elements = Set.toArray items
    let count = Array.length elements
    let others = Native.blank count
    let mutable kept = 0
    let mutable rejected = 0
    for i = 0 to count - 1 do
        if f elements.[i] then
            elements.[kept] <- elements.[i]
            kept <- kept + 1
        else
            others.[rejected] <- elements.[i]
            rejected <- rejected + 1
    (Native.setOfAscending elements kept, Native.setOfAscending others rejected)
