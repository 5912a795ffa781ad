// List functions that call the program back. Loops are tail calls: they build reversed, and turn round at the end what nobody else has seen.

let rec mapOnto f acc xs =
    match xs with
    | x :: rest -> mapOnto f (f x :: acc) rest
    | [] -> Native.turnRound acc

let map f xs = mapOnto f [] xs

let rec mapiOnto f i acc xs =
    match xs with
    | x :: rest -> mapiOnto f (i + 1) (f i x :: acc) rest
    | [] -> Native.turnRound acc

let mapi f xs = mapiOnto f 0 [] xs

let rec map2Onto f acc xs ys =
    match xs, ys with
    | x :: xrest, y :: yrest -> map2Onto f (f x y :: acc) xrest yrest
    | _ -> Native.turnRound acc

let map2 f xs ys =
    Native.sameLength "List.map2" xs ys
    map2Onto f [] xs ys

let rec map3Onto f acc xs ys zs =
    match xs, ys, zs with
    | x :: xrest, y :: yrest, z :: zrest -> map3Onto f (f x y z :: acc) xrest yrest zrest
    | _ -> Native.turnRound acc

let map3 f xs ys zs =
    Native.sameLength "List.map3" xs ys
    Native.sameLength "List.map3" xs zs
    map3Onto f [] xs ys zs

let rec mapi2Onto f i acc xs ys =
    match xs, ys with
    | x :: xrest, y :: yrest -> mapi2Onto f (i + 1) (f i x y :: acc) xrest yrest
    | _ -> Native.turnRound acc

let mapi2 f xs ys =
    Native.sameLength "List.mapi2" xs ys
    mapi2Onto f 0 [] xs ys

let rec iter (f: 'a -> unit) xs =
    match xs with
    | x :: rest ->
        f x
        iter f rest
    | [] -> ()

let rec iteriFrom (f: int -> 'a -> unit) i xs =
    match xs with
    | x :: rest ->
        f i x
        iteriFrom f (i + 1) rest
    | [] -> ()

let iteri f xs = iteriFrom f 0 xs

let rec iter2Both (f: 'a -> 'b -> unit) xs ys =
    match xs, ys with
    | x :: xrest, y :: yrest ->
        f x y
        iter2Both f xrest yrest
    | _ -> ()

let iter2 f xs ys =
    Native.sameLength "List.iter2" xs ys
    iter2Both f xs ys

let rec iteri2From (f: int -> 'a -> 'b -> unit) i xs ys =
    match xs, ys with
    | x :: xrest, y :: yrest ->
        f i x y
        iteri2From f (i + 1) xrest yrest
    | _ -> ()

let iteri2 f xs ys =
    Native.sameLength "List.iteri2" xs ys
    iteri2From f 0 xs ys

let rec filterOnto f acc xs =
    match xs with
    | x :: rest -> if f x then filterOnto f (x :: acc) rest else filterOnto f acc rest
    | [] -> Native.turnRound acc

let filter f xs = filterOnto f [] xs

let rec partitionOnto f matching others xs =
    match xs with
    | x :: rest ->
        if f x then partitionOnto f (x :: matching) others rest
        else partitionOnto f matching (x :: others) rest
    | [] -> (Native.turnRound matching, Native.turnRound others)

let partition f xs = partitionOnto f [] [] xs

let rec chooseOnto f acc xs =
    match xs with
    | x :: rest ->
        match f x with
        | Some y -> chooseOnto f (y :: acc) rest
        | None -> chooseOnto f acc rest
    | [] -> Native.turnRound acc

let choose f xs = chooseOnto f [] xs

let rec collectOnto f acc xs =
    match xs with
    | x :: rest -> collectOnto f (Native.reverseOnto (f x) acc) rest
    | [] -> Native.turnRound acc

let collect f xs = collectOnto f [] xs

let rec fold f state xs =
    match xs with
    | x :: rest -> fold f (f state x) rest
    | [] -> state

let rec fold2Both f state xs ys =
    match xs, ys with
    | x :: xrest, y :: yrest -> fold2Both f (f state x y) xrest yrest
    | _ -> state

let fold2 f state xs ys =
    Native.sameLength "List.fold2" xs ys
    fold2Both f state xs ys

let rec foldReversed f state xs =
    match xs with
    | x :: rest -> foldReversed f (f x state) rest
    | [] -> state

let foldBack f xs state = foldReversed f state (List.rev xs)

let rec fold2Reversed f state xs ys =
    match xs, ys with
    | x :: xrest, y :: yrest -> fold2Reversed f (f x y state) xrest yrest
    | _ -> state

let foldBack2 f xs ys state =
    Native.sameLength "List.foldBack2" xs ys
    fold2Reversed f state (List.rev xs) (List.rev ys)

let reduce f xs =
    match xs with
    | x :: rest -> fold f x rest
    | [] -> Native.fail "FUS0506" "List.reduce: the input is empty"

let reduceBack f xs =
    match List.rev xs with
    | x :: rest -> foldReversed f x rest
    | [] -> Native.fail "FUS0506" "List.reduceBack: the input is empty"

let rec scanOnto f state acc xs =
    match xs with
    | x :: rest ->
        let next = f state x
        scanOnto f next (next :: acc) rest
    | [] -> Native.turnRound acc

let scan f state xs = scanOnto f state [ state ] xs

let rec scanReversed f state acc xs =
    match xs with
    | x :: rest ->
        let next = f x state
        scanReversed f next (next :: acc) rest
    | [] -> acc

let scanBack f xs state = scanReversed f state [ state ] (List.rev xs)

let rec mapFoldOnto f state acc xs =
    match xs with
    | x :: rest ->
        let (y, next) = f state x
        mapFoldOnto f next (y :: acc) rest
    | [] -> (Native.turnRound acc, state)

let mapFold f state xs = mapFoldOnto f state [] xs

let rec mapFoldReversed f state acc xs =
    match xs with
    | x :: rest ->
        let (y, next) = f x state
        mapFoldReversed f next (y :: acc) rest
    | [] -> (acc, state)

let mapFoldBack f xs state = mapFoldReversed f state [] (List.rev xs)

let rec exists f xs =
    match xs with
    | x :: rest -> f x || exists f rest
    | [] -> false

let rec forall f xs =
    match xs with
    | x :: rest -> f x && forall f rest
    | [] -> true

// The lengths are compared only when no pair has decided before.
let rec exists2From f whole1 whole2 xs ys =
    match xs, ys with
    | x :: xrest, y :: yrest -> f x y || exists2From f whole1 whole2 xrest yrest
    | _ ->
        Native.sameLength "List.exists2" whole1 whole2
        false

let exists2 f xs ys = exists2From f xs ys xs ys

let rec forall2From f whole1 whole2 xs ys =
    match xs, ys with
    | x :: xrest, y :: yrest -> f x y && forall2From f whole1 whole2 xrest yrest
    | _ ->
        Native.sameLength "List.forall2" whole1 whole2
        true

let forall2 f xs ys = forall2From f xs ys xs ys

let rec tryFind f xs =
    match xs with
    | x :: rest -> if f x then Some x else tryFind f rest
    | [] -> None

let rec find f xs =
    match xs with
    | x :: rest -> if f x then x else find f rest
    | [] -> Native.fail "FUS0505" "List.find: no element satisfies predicate"

let tryFindBack f xs = tryFind f (List.rev xs)

let rec findReversed f xs =
    match xs with
    | x :: rest -> if f x then x else findReversed f rest
    | [] -> Native.fail "FUS0505" "List.findBack: no element satisfies predicate"

let findBack f xs = findReversed f (List.rev xs)

// -1 when there is none.
let rec indexFrom f i xs =
    match xs with
    | x :: rest -> if f x then i else indexFrom f (i + 1) rest
    | [] -> -1

let rec lastIndexFrom f i xs =
    match xs with
    | x :: rest -> if f x then i else lastIndexFrom f (i - 1) rest
    | [] -> -1

let findIndex f xs =
    let i = indexFrom f 0 xs
    if i < 0 then Native.fail "FUS0505" "List.findIndex: no element satisfies predicate" else i

let tryFindIndex f xs =
    let i = indexFrom f 0 xs
    if i < 0 then None else Some i

let findIndexBack f xs =
    let i = lastIndexFrom f (List.length xs - 1) (List.rev xs)
    if i < 0 then Native.fail "FUS0505" "List.findIndexBack: no element satisfies predicate" else i

let tryFindIndexBack f xs =
    let i = lastIndexFrom f (List.length xs - 1) (List.rev xs)
    if i < 0 then None else Some i

let rec tryPick f xs =
    match xs with
    | x :: rest ->
        match f x with
        | None -> tryPick f rest
        | found -> found
    | [] -> None

let rec pick f xs =
    match xs with
    | x :: rest ->
        match f x with
        | Some y -> y
        | None -> pick f rest
    | [] -> Native.fail "FUS0505" "List.pick: no element satisfies predicate"

let rec initOnto f count i acc =
    if i < count then initOnto f count (i + 1) (f i :: acc) else Native.turnRound acc

let init count f =
    Native.notNegative "List.init" count
    initOnto f count 0 []

let rec unfoldOnto f acc state =
    match f state with
    | Some (x, next) -> unfoldOnto f (x :: acc) next
    | None -> Native.turnRound acc

let unfold f state = unfoldOnto f [] state

let rec sumIntFrom (f: 'a -> int) (total: int) xs =
    match xs with
    | x :: rest -> sumIntFrom f (total + f x) rest
    | [] -> total

let sumByInt f xs = sumIntFrom f 0 xs

let rec sumFloatFrom (f: 'a -> float) (total: float) xs =
    match xs with
    | x :: rest -> sumFloatFrom f (total + f x) rest
    | [] -> total

let sumByFloat f xs = sumFloatFrom f 0.0 xs

let sumByAny (f: 'a -> any) xs = Native.sumAny (map f xs)

let sumByOther (plus: 'n * 'n -> 'n) zero f xs = fold (fun total x -> plus (total, f x)) zero xs

let sumOther plus zero xs = sumByOther plus zero (fun x -> x) xs

let averageByFloat (f: 'a -> float) xs =
    match xs with
    | [] -> Native.fail "FUS0506" "List.averageBy: the input is empty"
    | _ -> sumFloatFrom f 0.0 xs / float (List.length xs)

let averageByAny (f: 'a -> any) xs : any = box (averageByFloat (fun x -> (f x : float)) xs)

let meanOther name (plus: 'n * 'n -> 'n) zero (divide: 'n * int -> 'n) f xs =
    match xs with
    | [] -> Native.fail "FUS0506" name
    | _ -> divide (sumByOther plus zero f xs, List.length xs)

let averageByOther plus zero divide f xs = meanOther "List.averageBy: the input is empty" plus zero divide f xs

let averageAny (xs: any list) : any =
    match xs with
    | [] -> Native.fail "FUS0506" "List.average: the input is empty"
    | _ -> averageByAny (fun x -> x) xs

let averageOther plus zero divide xs = meanOther "List.average: the input is empty" plus zero divide (fun x -> x) xs

let rec minFrom f best bestKey xs =
    match xs with
    | x :: rest ->
        let key = f x
        if compare key bestKey < 0 then minFrom f x key rest else minFrom f best bestKey rest
    | [] -> best

let minBy f xs =
    match xs with
    | x :: rest -> minFrom f x (f x) rest
    | [] -> Native.fail "FUS0506" "List.minBy: the input is empty"

let rec maxFrom f best bestKey xs =
    match xs with
    | x :: rest ->
        let key = f x
        if compare key bestKey > 0 then maxFrom f x key rest else maxFrom f best bestKey rest
    | [] -> best

let maxBy f xs =
    match xs with
    | x :: rest -> maxFrom f x (f x) rest
    | [] -> Native.fail "FUS0506" "List.maxBy: the input is empty"

let sortBy f xs = Native.sortListByKeys (map f xs) xs

let sortByDescending f xs = Native.sortListByKeysDescending (map f xs) xs

let groupBy f xs = Native.groupListByKeys (map f xs) xs

let countBy f xs = Native.countListKeys (map f xs)

let distinctBy f xs = Native.distinctListByKeys (map f xs) xs

let rec takeWhileOnto f acc xs =
    match xs with
    | x :: rest -> if f x then takeWhileOnto f (x :: acc) rest else Native.turnRound acc
    | [] -> Native.turnRound acc

let takeWhile f xs = takeWhileOnto f [] xs

let rec skipWhile f xs =
    match xs with
    | x :: rest -> if f x then skipWhile f rest else xs
    | [] -> []

let permute (f: int -> int) xs = Native.permuteList (mapi (fun i _ -> f i) xs) xs

let rec compareFrom (f: 'a -> 'a -> int) xs ys =
    match xs, ys with
    | x :: xrest, y :: yrest ->
        let order = f x y
        if order <> 0 then order else compareFrom f xrest yrest
    | [], [] -> 0
    | [], _ -> -1
    | _ -> 1

let compareWith f xs ys = compareFrom f xs ys
