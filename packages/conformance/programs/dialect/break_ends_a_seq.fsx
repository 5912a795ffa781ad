let noisy n = seq {
    try
        for i in 1 .. n do
            yield i
    finally
        printfn "closed" }

for x in noisy 5 do
    if x = 2 then continue
    if x = 4 then break
    printfn "%d" x

let firstAbove limit xs =
    let mutable found = None
    for x in xs do
        for y in noisy x do
            if y > limit then
                found <- Some y
                break
        if found.IsSome then break
    found

printfn "%A" (firstAbove 2 (noisy 9))
printfn "%A" [ for x in noisy 2 do yield! noisy x ]
