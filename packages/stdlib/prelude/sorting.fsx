// Sorting with a comparer of the program: a merge sort from the bottom up. It is stable, and because it never looks at
// an element twice in one merge, a comparer that contradicts itself gives some order and never an endless loop.

let mergeRuns (f: 'a -> 'a -> int) (source: 'a array) (target: 'a array) low middle high =
    let mutable left = low
    let mutable right = middle
    for at = low to high - 1 do
        if left < middle && (right >= high || f source.[left] source.[right] <= 0) then
            target.[at] <- source.[left]
            left <- left + 1
        else
            target.[at] <- source.[right]
            right <- right + 1

let sortArrayWith (f: 'a -> 'a -> int) (source: 'a array) =
    let count = Array.length source
    let mutable sorted = Array.copy source
    let mutable spare = Native.blank count
    let mutable width = 1
    while width < count do
        let mutable low = 0
        while low < count do
            let middle = min (low + width) count
            let high = min (middle + width) count
            mergeRuns f sorted spare low middle high
            low <- high
        let merged = spare
        spare <- sorted
        sorted <- merged
        width <- width * 2
    sorted

let sortInPlaceWith f (items: 'a array) =
    let sorted = sortArrayWith f items
    Native.overwrite items sorted

let sortListWith f xs = Array.toList (sortArrayWith f (List.toArray xs))
