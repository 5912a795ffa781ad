// Array functions that call the program back. They walk a copy, so that a callback that writes to the array does not
// change what is still to come.

let init count (f: int -> 'a) =
    if count < 0 then
        Native.fail "FUS0516" (String.join "" [ "Array.init requires non-negative length, got "; String.ofInt count ])
    else
        let result = Native.blank count
        for i = 0 to count - 1 do
            result.[i] <- f i
        result

let map f (source: 'a array) =
    let items = Array.copy source
    let count = Array.length items
    let result = Native.blank count
    for i = 0 to count - 1 do
        result.[i] <- f items.[i]
    result

let mapi (f: int -> 'a -> 'b) (source: 'a array) =
    let items = Array.copy source
    let count = Array.length items
    let result = Native.blank count
    for i = 0 to count - 1 do
        result.[i] <- f i items.[i]
    result

let map2 f (source1: 'a array) (source2: 'b array) =
    Native.sameArrayLength "Array.map2" source1 source2
    let items1 = Array.copy source1
    let items2 = Array.copy source2
    let count = Array.length items1
    let result = Native.blank count
    for i = 0 to count - 1 do
        result.[i] <- f items1.[i] items2.[i]
    result

let iter (f: 'a -> unit) (source: 'a array) =
    let items = Array.copy source
    for i = 0 to Array.length items - 1 do
        f items.[i]

let iteri (f: int -> 'a -> unit) (source: 'a array) =
    let items = Array.copy source
    for i = 0 to Array.length items - 1 do
        f i items.[i]

let iter2 (f: 'a -> 'b -> unit) (source1: 'a array) (source2: 'b array) =
    Native.sameArrayLength "Array.iter2" source1 source2
    let items1 = Array.copy source1
    let items2 = Array.copy source2
    for i = 0 to Array.length items1 - 1 do
        f items1.[i] items2.[i]

let filter (f: 'a -> bool) (source: 'a array) =
    let items = Array.copy source
    let mutable kept = 0
    for i = 0 to Array.length items - 1 do
        if f items.[i] then
            items.[kept] <- items.[i]
            kept <- kept + 1
    Array.truncate kept items

let partition (f: 'a -> bool) (source: 'a array) =
    let items = Array.copy source
    let count = Array.length items
    let others = Native.blank count
    let mutable kept = 0
    let mutable rejected = 0
    for i = 0 to count - 1 do
        if f items.[i] then
            items.[kept] <- items.[i]
            kept <- kept + 1
        else
            others.[rejected] <- items.[i]
            rejected <- rejected + 1
    (Array.truncate kept items, Array.truncate rejected others)

let choose (f: 'a -> 'b option) (source: 'a array) =
    let items = Array.copy source
    let count = Array.length items
    let result = Native.blank count
    let mutable kept = 0
    for i = 0 to count - 1 do
        match f items.[i] with
        | Some x ->
            result.[kept] <- x
            kept <- kept + 1
        | None -> ()
    Array.truncate kept result

let collect (f: 'a -> 'b array) (source: 'a array) =
    let items = Array.copy source
    let count = Array.length items
    let parts = Native.blank count
    for i = 0 to count - 1 do
        parts.[i] <- f items.[i]
    Native.joinArrays parts

// Index of the first element from `i` on that the predicate accepts, or -1.
let rec indexFrom (f: 'a -> bool) (items: 'a array) i =
    if i >= Array.length items then -1
    elif f items.[i] then i
    else indexFrom f items (i + 1)

let rec lastIndexFrom (f: 'a -> bool) (items: 'a array) i =
    if i < 0 then -1
    elif f items.[i] then i
    else lastIndexFrom f items (i - 1)

let exists f (source: 'a array) = indexFrom f (Array.copy source) 0 >= 0

let rec forallFrom (f: 'a -> bool) (items: 'a array) i =
    i >= Array.length items || (f items.[i] && forallFrom f items (i + 1))

let forall f (source: 'a array) = forallFrom f (Array.copy source) 0

let find f (source: 'a array) =
    let items = Array.copy source
    let i = indexFrom f items 0
    if i < 0 then Native.fail "FUS0505" "Array.find: no element satisfies predicate" else items.[i]

let tryFind f (source: 'a array) =
    let items = Array.copy source
    let i = indexFrom f items 0
    if i < 0 then None else Some items.[i]

let findIndex f (source: 'a array) =
    let i = indexFrom f (Array.copy source) 0
    if i < 0 then Native.fail "FUS0505" "Array.findIndex: no element satisfies predicate" else i

let tryFindIndex f (source: 'a array) =
    let i = indexFrom f (Array.copy source) 0
    if i < 0 then None else Some i

let findBack f (source: 'a array) =
    let items = Array.copy source
    let i = lastIndexFrom f items (Array.length items - 1)
    if i < 0 then Native.fail "FUS0505" "Array.findBack: no element satisfies predicate" else items.[i]

let tryFindBack f (source: 'a array) =
    let items = Array.copy source
    let i = lastIndexFrom f items (Array.length items - 1)
    if i < 0 then None else Some items.[i]

let rec pickFrom (f: 'a -> 'b option) (items: 'a array) i =
    if i >= Array.length items then None
    else
        match f items.[i] with
        | None -> pickFrom f items (i + 1)
        | found -> found

let tryPick f (source: 'a array) = pickFrom f (Array.copy source) 0

let pick f (source: 'a array) =
    match pickFrom f (Array.copy source) 0 with
    | Some found -> found
    | None -> Native.fail "FUS0505" "Array.pick: no element satisfies predicate"

let rec foldFrom f state (items: 'a array) i =
    if i < Array.length items then foldFrom f (f state items.[i]) items (i + 1) else state

let fold f state (source: 'a array) = foldFrom f state (Array.copy source) 0

let rec foldDown f state (items: 'a array) i =
    if i >= 0 then foldDown f (f items.[i] state) items (i - 1) else state

let foldBack f (source: 'a array) state =
    let items = Array.copy source
    foldDown f state items (Array.length items - 1)

let rec fold2From f state (items1: 'a array) (items2: 'b array) i =
    if i < Array.length items1 then fold2From f (f state items1.[i] items2.[i]) items1 items2 (i + 1) else state

let fold2 f state (source1: 'a array) (source2: 'b array) =
    Native.sameArrayLength "Array.fold2" source1 source2
    fold2From f state (Array.copy source1) (Array.copy source2) 0

let reduce f (source: 'a array) =
    let items = Array.copy source
    if Array.isEmpty items then Native.fail "FUS0506" "Array.reduce: the input is empty"
    else foldFrom f items.[0] items 1

let reduceBack f (source: 'a array) =
    let items = Array.copy source
    let last = Array.length items - 1
    if last < 0 then Native.fail "FUS0506" "Array.reduceBack: the input is empty"
    else foldDown f items.[last] items (last - 1)

let scan (f: 's -> 'a -> 's) (start: 's) (source: 'a array) =
    let items = Array.copy source
    let count = Array.length items
    let states = Native.blank (count + 1)
    states.[0] <- start
    for i = 0 to count - 1 do
        states.[i + 1] <- f states.[i] items.[i]
    states

let scanBack (f: 'a -> 's -> 's) (source: 'a array) (start: 's) =
    let items = Array.copy source
    let count = Array.length items
    let states = Native.blank (count + 1)
    states.[count] <- start
    for i = count - 1 downto 0 do
        states.[i] <- f items.[i] states.[i + 1]
    states

let mapFold (f: 's -> 'a -> 'b * 's) (start: 's) (source: 'a array) =
    let items = Array.copy source
    let count = Array.length items
    let result = Native.blank count
    let mutable state = start
    for i = 0 to count - 1 do
        let (y, next) = f state items.[i]
        result.[i] <- y
        state <- next
    (result, state)

let mapFoldBack (f: 'a -> 's -> 'b * 's) (source: 'a array) (start: 's) =
    let items = Array.copy source
    let count = Array.length items
    let result = Native.blank count
    let mutable state = start
    for i = count - 1 downto 0 do
        let (y, next) = f items.[i] state
        result.[i] <- y
        state <- next
    (result, state)

let rec exists2From (f: 'a -> 'b -> bool) (items1: 'a array) (items2: 'b array) i =
    i < Array.length items1 && (f items1.[i] items2.[i] || exists2From f items1 items2 (i + 1))

let exists2 f (source1: 'a array) (source2: 'b array) =
    Native.sameArrayLength "Array.exists2" source1 source2
    exists2From f (Array.copy source1) (Array.copy source2) 0

let rec forall2From (f: 'a -> 'b -> bool) (items1: 'a array) (items2: 'b array) i =
    i >= Array.length items1 || (f items1.[i] items2.[i] && forall2From f items1 items2 (i + 1))

let forall2 f (source1: 'a array) (source2: 'b array) =
    Native.sameArrayLength "Array.forall2" source1 source2
    forall2From f (Array.copy source1) (Array.copy source2) 0

let rec unfoldOnto (f: 's -> ('a * 's) option) acc state =
    match f state with
    | Some (x, next) -> unfoldOnto f (x :: acc) next
    | None -> List.toArray (Native.turnRound acc)

let unfold f state = unfoldOnto f [] state

let sumByInt (f: 'a -> int) (source: 'a array) =
    let items = Array.copy source
    let mutable total = 0
    for i = 0 to Array.length items - 1 do
        total <- total + f items.[i]
    total

let sumByFloat (f: 'a -> float) (source: 'a array) =
    let items = Array.copy source
    let mutable total = 0.0
    for i = 0 to Array.length items - 1 do
        total <- total + f items.[i]
    total

let sumByAny (f: 'a -> any) (source: 'a array) = Native.sumAny (Array.toList (map f source))

let sumByOther (plus: 'n * 'n -> 'n) zero f (source: 'a array) = fold (fun total x -> plus (total, f x)) zero source

let sumOther plus zero (source: 'n array) = sumByOther plus zero (fun x -> x) source

let averageByFloat (f: 'a -> float) (source: 'a array) =
    if Array.isEmpty source then Native.fail "FUS0506" "Array.averageBy: the input is empty"
    else sumByFloat f source / float (Array.length source)

let averageByAny (f: 'a -> any) (source: 'a array) : any = box (averageByFloat (fun x -> (f x : float)) source)

let meanOther name (plus: 'n * 'n -> 'n) zero (divide: 'n * int -> 'n) f (source: 'a array) =
    if Array.isEmpty source then Native.fail "FUS0506" name
    else divide (sumByOther plus zero f source, Array.length source)

let averageByOther plus zero divide f source =
    meanOther "Array.averageBy: the input is empty" plus zero divide f source

let averageAny (source: any array) : any =
    if Array.isEmpty source then Native.fail "FUS0506" "Array.average: the input is empty"
    else averageByAny (fun x -> x) source

let averageOther plus zero divide source =
    meanOther "Array.average: the input is empty" plus zero divide (fun x -> x) source

let minBy f (source: 'a array) =
    if Array.isEmpty source then Native.fail "FUS0506" "Array.minBy: the input is empty"
    else
        let items = Array.copy source
        let mutable best = items.[0]
        let mutable bestKey = f best
        for i = 1 to Array.length items - 1 do
            let key = f items.[i]
            if compare key bestKey < 0 then
                best <- items.[i]
                bestKey <- key
        best

let maxBy f (source: 'a array) =
    if Array.isEmpty source then Native.fail "FUS0506" "Array.maxBy: the input is empty"
    else
        let items = Array.copy source
        let mutable best = items.[0]
        let mutable bestKey = f best
        for i = 1 to Array.length items - 1 do
            let key = f items.[i]
            if compare key bestKey > 0 then
                best <- items.[i]
                bestKey <- key
        best

let sortBy f (source: 'a array) =
    let items = Array.copy source
    Native.sortArrayByKeys (map f items) items

let sortByDescending f (source: 'a array) =
    let items = Array.copy source
    Native.sortArrayByKeysDescending (map f items) items

let sortInPlaceBy f (items: 'a array) = Native.overwrite items (sortBy f items)

let groupBy f (source: 'a array) =
    let items = Array.copy source
    Native.groupArrayByKeys (map f items) items

let countBy f (source: 'a array) = Native.countArrayKeys (map f source)

let distinctBy f (source: 'a array) =
    let items = Array.copy source
    Native.distinctArrayByKeys (map f items) items

let takeWhile (f: 'a -> bool) (source: 'a array) =
    let items = Array.copy source
    let stop = indexFrom (fun x -> not (f x)) items 0
    if stop < 0 then items else Array.truncate stop items

let skipWhile (f: 'a -> bool) (source: 'a array) =
    let items = Array.copy source
    let start = indexFrom (fun x -> not (f x)) items 0
    if start < 0 then [||] else Array.skip start items

let permute (f: int -> int) (source: 'a array) =
    let items = Array.copy source
    Native.permuteArray (init (Array.length items) f) items

let rec compareFrom (f: 'a -> 'a -> int) (items1: 'a array) (items2: 'a array) i =
    if i >= Array.length items1 || i >= Array.length items2 then
        compare (Array.length items1) (Array.length items2)
    else
        let order = f items1.[i] items2.[i]
        if order <> 0 then order else compareFrom f items1 items2 (i + 1)

let compareWith f (source1: 'a array) (source2: 'a array) =
    compareFrom f (Array.copy source1) (Array.copy source2) 0
