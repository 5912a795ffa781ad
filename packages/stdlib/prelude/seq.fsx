// Functions of Seq. What is lazy is a function that starts a traversal; `next` is a traversal wherever it stands, see
// enumeration.fsx.

let singleton x =
    Native.seq (fun () ->
        let mutable given = false
        fun going ->
            if going && not given then
                given <- true
                Some x
            else
                None)

let initInfinite (f: int -> 'a) =
    Native.seq (fun () ->
        let mutable at = 0
        fun going ->
            if going then
                let index = at
                at <- index + 1
                Some (f index)
            else
                None)

let init count (f: int -> 'a) =
    Native.notNegative "Seq.init" count
    Native.seq (fun () ->
        let mutable at = 0
        fun going ->
            if going && at < count then
                let index = at
                at <- index + 1
                Some (f index)
            else
                None)

let replicate count x =
    Native.notNegative "Seq.replicate" count
    init count (fun _ -> x)

let unfold f start =
    Native.seq (fun () ->
        let mutable state = start
        fun going ->
            if going then
                match f state with
                | Some (x, following) ->
                    state <- following
                    Some x
                | None -> None
            else
                None)

type Kept<'a> =
    | Unknown
    | Last
    | Kept of 'a * Kept<'a> ref

// One traversal of the source fills the chain of cells that all traversals of the result follow. It may have to go on for
// any of them, so that it ends with its last element only.
let cache (source: seq<'a>) =
    let first = ref Unknown
    let traversal = ref None
    let pull () =
        match traversal.Value with
        | Some next -> next true
        | None ->
            let next = Native.enumerate source
            traversal.Value <- Some next
            next true
    Native.seq (fun () ->
        let mutable at = first
        fun going ->
            match at.Value with
            | _ when not going -> None
            | Kept (x, following) ->
                at <- following
                Some x
            | Last -> None
            | Unknown ->
                match pull () with
                | Some x ->
                    let following = ref Unknown
                    at.Value <- Kept (x, following)
                    at <- following
                    Some x
                | None ->
                    at.Value <- Last
                    None)

let ofArray (items: 'a array) = Native.seq (fun () -> Native.enumerate items)

// ---------------------------------------------------------------------------------------------------------- lazy ones

let map f (source: seq<'a>) =
    Native.seq (fun () ->
        let next = Native.enumerate source
        fun going ->
            match next going with
            | Some x -> Some (f x)
            | None -> None)

let mapi (f: int -> 'a -> 'b) (source: seq<'a>) =
    Native.seq (fun () ->
        let next = Native.enumerate source
        let mutable at = 0
        fun going ->
            match next going with
            | Some x ->
                let index = at
                at <- index + 1
                Some (f index x)
            | None -> None)

let map2 f (first: seq<'a>) (second: seq<'b>) =
    Native.seq (fun () ->
        let next1 = Native.enumerate first
        let next2 = Native.enumerate second
        fun going ->
            if going then
                match next1 true with
                | Some x ->
                    match next2 true with
                    | Some y -> Some (f x y)
                    | None -> None
                | None -> None
            else
                Native.close next1 (fun () -> next2 false))

let zip first second = map2 (fun x y -> (x, y)) first second

let map3 f first second third = map2 (fun x (y, z) -> f x y z) first (zip second third)

let zip3 first second third = map3 (fun x y z -> (x, y, z)) first second third

let indexed source = mapi (fun index x -> (index, x)) source

let mapi2 f first second = mapi (fun index (x, y) -> f index x y) (zip first second)

let filter f (source: seq<'a>) =
    Native.seq (fun () ->
        let next = Native.enumerate source
        let rec step going =
            match next going with
            | Some x when not (f x) -> step true
            | found -> found
        step)

let choose f (source: seq<'a>) =
    Native.seq (fun () ->
        let next = Native.enumerate source
        let rec step going =
            match next going with
            | Some x ->
                match f x with
                | None -> step true
                | found -> found
            | None -> None
        step)

let scan f start (source: seq<'a>) =
    Native.seq (fun () ->
        let next = Native.enumerate source
        let mutable state = start
        let mutable started = false
        fun going ->
            if going && not started then
                started <- true
                Some state
            else
                match next going with
                | Some x ->
                    state <- f state x
                    Some state
                | None -> None)

let pairwise (source: seq<'a>) =
    Native.seq (fun () ->
        let next = Native.enumerate source
        let mutable before = None
        let rec step going =
            match next going with
            | Some x ->
                match before with
                | Some y ->
                    before <- Some x
                    Some (y, x)
                | None ->
                    before <- Some x
                    step true
            | None -> None
        step)

let take count (source: seq<'a>) =
    Native.notNegative "Seq.take" count
    Native.seq (fun () ->
        let next = Native.enumerate source
        let mutable taken = 0
        fun going ->
            if going && taken < count then
                match next true with
                | None -> Native.tooShort "Seq.take" count taken
                | found ->
                    taken <- taken + 1
                    found
            else
                next false)

let truncate count (source: seq<'a>) =
    Native.seq (fun () ->
        let next = Native.enumerate source
        let mutable taken = 0
        fun going ->
            if going && taken < count then
                taken <- taken + 1
                next true
            else
                next false)

let takeWhile f (source: seq<'a>) =
    Native.seq (fun () ->
        let next = Native.enumerate source
        fun going ->
            match next going with
            | Some x when not (f x) -> next false
            | found -> found)

let rec passOver (next: bool -> 'a option) count passed =
    if passed < count then
        match next true with
        | Some _ -> passOver next count (passed + 1)
        | None -> Native.tooShort "Seq.skip" count passed

let skip count (source: seq<'a>) =
    Native.seq (fun () ->
        let next = Native.enumerate source
        let mutable started = false
        fun going ->
            if going && not started then
                started <- true
                passOver next count 0
            next going)

let skipWhile f (source: seq<'a>) =
    Native.seq (fun () ->
        let next = Native.enumerate source
        let mutable passing = true
        let rec step going =
            match next going with
            | Some x when passing && f x -> step true
            | found ->
                passing <- false
                found
        step)

let tail (source: seq<'a>) =
    Native.seq (fun () ->
        let next = Native.enumerate source
        let mutable started = false
        fun going ->
            if going && not started then
                started <- true
                match next true with
                | Some _ -> next true
                | None -> Native.fail "FUS0506" "Seq.tail: the input is empty"
            else
                next going)

let rec readOnto next count read acc =
    if read < count then
        match next true with
        | Some x -> readOnto next count (read + 1) (x :: acc)
        | None -> List.toArray (List.rev acc)
    else
        List.toArray (List.rev acc)

let chunkBySize size (source: seq<'a>) =
    Native.positive "Seq.chunkBySize" size
    Native.seq (fun () ->
        let next = Native.enumerate source
        let mutable ended = false
        fun going ->
            if not going then
                Native.close next ignore
            elif ended then
                None
            else
                let chunk = readOnto next size 0 []
                ended <- Array.length chunk < size
                if Array.length chunk = 0 then None else Some chunk)

// The window is kept apart from the arrays that are given out, which the program may change.
let windowed size (source: seq<'a>) =
    Native.positive "Seq.windowed" size
    Native.seq (fun () ->
        let next = Native.enumerate source
        let mutable window = [||]
        let mutable started = false
        fun going ->
            if going && not started then
                started <- true
                window <- readOnto next size 0 []
                if Array.length window < size then None else Some (Array.copy window)
            else
                match next going with
                | Some x ->
                    window <- Native.shifted window x
                    Some (Array.copy window)
                | None -> None)

let distinctBy (f: 'a -> 'k) (source: seq<'a>) =
    Native.seq (fun () ->
        let next = Native.enumerate source
        let keys = Native.newKeys ()
        let rec step going =
            match next going with
            | Some x when not (Native.addKey (f x) keys) -> step true
            | found -> found
        step)

let distinct source = distinctBy (fun x -> x) source

let rec addAll keys next =
    match next true with
    | Some x ->
        Native.addKey x keys |> ignore
        addAll keys next
    | None -> ()

let except (excluded: seq<'a>) (source: seq<'a>) =
    Native.seq (fun () ->
        let next = Native.enumerate source
        let keys = Native.newKeys ()
        let mutable started = false
        let rec step going =
            if going && not started then
                started <- true
                Native.traverse excluded (addAll keys)
            match next going with
            | Some x when not (Native.addKey x keys) -> step true
            | found -> found
        step)

// ------------------------------------------------------------------------- computed when the first element is asked for

let whenAsked (make: unit -> 'a array) =
    Native.seq (fun () ->
        let mutable cursor = None
        fun going ->
            match cursor with
            | _ when not going -> None
            | Some next -> next true
            | None ->
                let next = Native.enumerate (make ())
                cursor <- Some next
                next true)

let rev (source: seq<'a>) = whenAsked (fun () -> Array.rev (Native.toArray source))

let sort (source: seq<'a>) = whenAsked (fun () -> Array.sort (Native.toArray source))

let sortDescending (source: seq<'a>) = whenAsked (fun () -> Array.sortDescending (Native.toArray source))

let sortWith f (source: seq<'a>) = whenAsked (fun () -> Native.sortArrayWith f (Native.toArray source))

let splitInto count (source: seq<'a>) =
    Native.positive "Seq.splitInto" count
    whenAsked (fun () -> Array.splitInto count (Native.toArray source))

let transpose (sources: seq<seq<'a>>) =
    whenAsked (fun () -> Array.transpose (Native.toArray (map Native.toArray sources)) |> Native.retyped)

let scanBack f (source: seq<'a>) state =
    whenAsked (fun () ->
        let items = Native.toArray source
        let states = Native.blank (Array.length items + 1)
        states.[Array.length items] <- state
        for i = Array.length items - 1 downto 0 do
            states.[i] <- f items.[i] states.[i + 1]
        states)

let keysOf f (items: 'a array) =
    let keys = Native.blank (Array.length items)
    for i = 0 to Array.length items - 1 do
        keys.[i] <- f items.[i]
    keys

let sortBy f (source: seq<'a>) =
    whenAsked (fun () ->
        let items = Native.toArray source
        Native.sortArrayByKeys (keysOf f items) items)

let sortByDescending f (source: seq<'a>) =
    whenAsked (fun () ->
        let items = Native.toArray source
        Native.sortArrayByKeysDescending (keysOf f items) items)

let groupBy f (source: seq<'a>) =
    whenAsked (fun () ->
        let items = Native.toArray source
        let groups = Native.groupArrayByKeys (keysOf f items) items
        let result = Native.blank (Array.length groups)
        for i = 0 to Array.length groups - 1 do
            let (key, group) = groups.[i]
            result.[i] <- (key, ofArray group)
        result)

let countBy f (source: seq<'a>) = whenAsked (fun () -> Native.countArrayKeys (keysOf f (Native.toArray source)))

// ----------------------------------------------------------------------------------------------------------- eager ones

let rec lengthFrom length next =
    match next true with
    | Some _ -> lengthFrom (length + 1) next
    | None -> length

let length (source: seq<'a>) = Native.traverse source (lengthFrom 0)

let tryHead (source: seq<'a>) = Native.traverse source (fun next -> next true)

let isEmpty (source: seq<'a>) =
    match tryHead source with
    | Some _ -> false
    | None -> true

let head (source: seq<'a>) =
    match tryHead source with
    | Some x -> x
    | None -> Native.fail "FUS0506" "Seq.head: the input is empty"

let rec lastFrom last next =
    match next true with
    | None -> last
    | found -> lastFrom found next

let tryLast (source: seq<'a>) = Native.traverse source (lastFrom None)

let last (source: seq<'a>) =
    match tryLast source with
    | Some x -> x
    | None -> Native.fail "FUS0506" "Seq.last: the input is empty"

let rec tryItemFrom index next =
    match next true with
    | Some _ when index > 0 -> tryItemFrom (index - 1) next
    | found -> found

let tryItem index (source: seq<'a>) = if index < 0 then None else Native.traverse source (tryItemFrom index)

let rec itemFrom index at next =
    match next true with
    | Some x -> if at < index then itemFrom index (at + 1) next else x
    | None -> Native.tooShort "Seq.item" (index + 1) at

let item index (source: seq<'a>) =
    Native.indexNotNegative "Seq.item" index
    Native.traverse source (itemFrom index 0)

let exactlyOne (source: seq<'a>) =
    Native.traverse source (fun next ->
        match next true with
        | None -> Native.fail "FUS0506" "Seq.exactlyOne: the input is empty"
        | Some x ->
            match next true with
            | None -> x
            | Some _ -> Native.fail "FUS0516" "Seq.exactlyOne: the input has more than one element")

let tryExactlyOne (source: seq<'a>) =
    Native.traverse source (fun next ->
        match next true with
        | None -> None
        | found -> if Option.isNone (next true) then found else None)

let rec iterFrom (f: 'a -> unit) next =
    match next true with
    | Some x ->
        f x
        iterFrom f next
    | None -> ()

let iter f (source: seq<'a>) = Native.traverse source (iterFrom f)

let rec iteriFrom (f: int -> 'a -> unit) index next =
    match next true with
    | Some x ->
        f index x
        iteriFrom f (index + 1) next
    | None -> ()

let iteri f (source: seq<'a>) = Native.traverse source (iteriFrom f 0)

let iter2 f (first: seq<'a>) (second: seq<'b>) = iter (fun (x, y) -> f x y) (zip first second)

let iteri2 f (first: seq<'a>) (second: seq<'b>) = iteri (fun index (x, y) -> f index x y) (zip first second)

let rec tryPickFrom f next =
    match next true with
    | Some x ->
        match f x with
        | None -> tryPickFrom f next
        | found -> found
    | None -> None

let tryPick f (source: seq<'a>) = Native.traverse source (tryPickFrom f)

let pick f (source: seq<'a>) =
    match tryPick f source with
    | Some x -> x
    | None -> Native.fail "FUS0505" "Seq.pick: no element satisfies predicate"

let rec tryFindFrom f next =
    match next true with
    | Some x when not (f x) -> tryFindFrom f next
    | found -> found

let tryFind f (source: seq<'a>) = Native.traverse source (tryFindFrom f)

let find f (source: seq<'a>) =
    match tryFind f source with
    | Some x -> x
    | None -> Native.fail "FUS0505" "Seq.find: no element satisfies predicate"

let exists f (source: seq<'a>) =
    match tryFind f source with
    | Some _ -> true
    | None -> false

let forall (f: 'a -> bool) (source: seq<'a>) = not (exists (fun x -> not (f x)) source)

let contains value (source: seq<'a>) = exists (fun x -> x = value) source

let exists2 f (first: seq<'a>) (second: seq<'b>) = exists (fun (x, y) -> f x y) (zip first second)

let forall2 f (first: seq<'a>) (second: seq<'b>) = forall (fun (x, y) -> f x y) (zip first second)

// -1 when there is none.
let rec indexFrom f index next =
    match next true with
    | Some x -> if f x then index else indexFrom f (index + 1) next
    | None -> -1

let tryFindIndex f (source: seq<'a>) =
    let index = Native.traverse source (indexFrom f 0)
    if index < 0 then None else Some index

let findIndex f (source: seq<'a>) =
    let index = Native.traverse source (indexFrom f 0)
    if index < 0 then Native.fail "FUS0505" "Seq.findIndex: no element satisfies predicate" else index

let rec foldFrom f state next =
    match next true with
    | Some x -> foldFrom f (f state x) next
    | None -> state

let fold f state (source: seq<'a>) = Native.traverse source (foldFrom f state)

let rec foldDown f (items: 'a array) at state =
    if at < 0 then state else foldDown f items (at - 1) (f items.[at] state)

let foldBack f (source: seq<'a>) state =
    let items = Native.toArray source
    foldDown f items (Array.length items - 1) state

// -1 when there is none.
let rec lastIndex f (items: 'a array) at = if at < 0 || f items.[at] then at else lastIndex f items (at - 1)

let tryFindBack f (source: seq<'a>) =
    let items = Native.toArray source
    let index = lastIndex f items (Array.length items - 1)
    if index < 0 then None else Some items.[index]

let findBack f (source: seq<'a>) =
    match tryFindBack f source with
    | Some x -> x
    | None -> Native.fail "FUS0505" "Seq.findBack: no element satisfies predicate"

let tryFindIndexBack f (source: seq<'a>) =
    let items = Native.toArray source
    let index = lastIndex f items (Array.length items - 1)
    if index < 0 then None else Some index

let findIndexBack f (source: seq<'a>) =
    match tryFindIndexBack f source with
    | Some index -> index
    | None -> Native.fail "FUS0505" "Seq.findIndexBack: no element satisfies predicate"

let fold2 f state (first: seq<'a>) (second: seq<'b>) = fold (fun acc (x, y) -> f acc x y) state (zip first second)

let mapFold f (state: 's) (source: seq<'a>) =
    let items = Native.toArray source
    let results = Native.blank (Array.length items)
    let mutable current = state
    for i = 0 to Array.length items - 1 do
        let (result, following) = f current items.[i]
        results.[i] <- result
        current <- following
    (ofArray results, current)

let reduceBack f (source: seq<'a>) =
    let items = Native.toArray source
    let last = Array.length items - 1
    if last < 0 then Native.fail "FUS0506" "Seq.reduceBack: the input is empty"
    else foldDown f items (last - 1) items.[last]

let reduce f (source: seq<'a>) =
    Native.traverse source (fun next ->
        match next true with
        | Some x -> foldFrom f x next
        | None -> Native.fail "FUS0506" "Seq.reduce: the input is empty")

let rec sumIntFrom (f: 'a -> int) (total: int) next =
    match next true with
    | Some x -> sumIntFrom f (total + f x) next
    | None -> total

let sumByInt f (source: seq<'a>) = Native.traverse source (sumIntFrom f 0)

let rec sumIntsFrom (total: int) next =
    match next true with
    | Some x -> sumIntsFrom (total + x) next
    | None -> total

let sumInt (source: seq<int>) = Native.traverse source (sumIntsFrom 0)

let rec sumFloatFrom (f: 'a -> float) (total: float) next =
    match next true with
    | Some x -> sumFloatFrom f (total + f x) next
    | None -> total

let sumByFloat f (source: seq<'a>) = Native.traverse source (sumFloatFrom f 0.0)

let rec sumFloatsFrom (total: float) next =
    match next true with
    | Some x -> sumFloatsFrom (total + x) next
    | None -> total

let sumFloat (source: seq<float>) = Native.traverse source (sumFloatsFrom 0.0)

let sumAny (source: seq<any>) = Native.sumAny (Native.toList source)

let sumByAny (f: 'a -> any) (source: seq<'a>) = Native.sumAny (Native.toList (map f source))

let sumByOther (plus: 'n * 'n -> 'n) zero f (source: seq<'a>) = fold (fun total x -> plus (total, f x)) zero source

let sumOther plus zero (source: seq<'n>) = sumByOther plus zero (fun x -> x) source

let rec meanFrom name (f: 'a -> float) (total: float) count next =
    match next true with
    | Some x -> meanFrom name f (total + f x) (count + 1) next
    | None ->
        if count = 0 then Native.fail "FUS0506" (String.join "" [ name; ": the input is empty" ])
        else total / float count

let averageByFloat f (source: seq<'a>) = Native.traverse source (meanFrom "Seq.averageBy" f 0.0 0)

let averageFloat (source: seq<float>) = Native.traverse source (meanFrom "Seq.average" (fun x -> x) 0.0 0)

let averageByAny (f: 'a -> any) (source: seq<'a>) : any = box (averageByFloat (fun x -> (f x : float)) source)

let averageAny (source: seq<any>) : any = box (averageFloat (map (fun x -> (x : float)) source))

let rec meanOtherFrom name (plus: 'n * 'n -> 'n) (divide: 'n * int -> 'n) f total count next =
    match next true with
    | Some x -> meanOtherFrom name plus divide f (plus (total, f x)) (count + 1) next
    | None ->
        if count = 0 then Native.fail "FUS0506" (String.join "" [ name; ": the input is empty" ])
        else divide (total, count)

let averageByOther plus (zero: 'n) divide f (source: seq<'a>) =
    Native.traverse source (meanOtherFrom "Seq.averageBy" plus divide f zero 0)

let averageOther plus (zero: 'n) divide (source: seq<'n>) =
    Native.traverse source (meanOtherFrom "Seq.average" plus divide (fun x -> x) zero 0)

let rec minFrom f best bestKey next =
    match next true with
    | Some x ->
        let key = f x
        if compare key bestKey < 0 then minFrom f x key next else minFrom f best bestKey next
    | None -> best

let minBy f (source: seq<'a>) =
    Native.traverse source (fun next ->
        match next true with
        | Some x -> minFrom f x (f x) next
        | None -> Native.fail "FUS0506" "Seq.minBy: the input is empty")

let min (source: seq<'a>) =
    Native.traverse source (fun next ->
        match next true with
        | Some x -> minFrom (fun y -> y) x x next
        | None -> Native.fail "FUS0506" "Seq.min: the input is empty")

let rec maxFrom f best bestKey next =
    match next true with
    | Some x ->
        let key = f x
        if compare key bestKey > 0 then maxFrom f x key next else maxFrom f best bestKey next
    | None -> best

let maxBy f (source: seq<'a>) =
    Native.traverse source (fun next ->
        match next true with
        | Some x -> maxFrom f x (f x) next
        | None -> Native.fail "FUS0506" "Seq.maxBy: the input is empty")

let max (source: seq<'a>) =
    Native.traverse source (fun next ->
        match next true with
        | Some x -> maxFrom (fun y -> y) x x next
        | None -> Native.fail "FUS0506" "Seq.max: the input is empty")
