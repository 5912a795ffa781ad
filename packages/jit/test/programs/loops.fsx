let squares n =
    let mutable sum = 0
    for i = 1 to n do
        sum <- sum + i * i % 7
    sum

let wide n =
    let mutable sum = 9_007_199_254_740_000
    for i = 1 to n do
        sum <- sum + i
    sum

let halves n =
    let mutable x = 0.0
    let mutable i = 0
    while i < n do
        x <- x / 2.0 + float i
        i <- i + 1
    x

let nested n =
    let mutable count = 0
    for i = 0 to n do
        for j = i to n do
            if (i + j) % 3 = 0 then count <- count + 1
    count

let caught n =
    let mutable failures = 0
    for i = 1 to n do
        try
            if i % 10 = 0 then failwith "ten"
        with _ -> failures <- failures + 1
    failures

let fails n =
    let items = Array.init n (fun i -> i)
    let mutable sum = 0
    for i = 0 to n do
        sum <- sum + items.[i]
    sum

let each n =
    let mutable sum = 0
    for x in List.init n (fun i -> i % 5) do
        sum <- sum + x
    for x in Array.init n (fun i -> i % 4) do
        sum <- sum + x
    sum

let empty n =
    for _ = 1 to n do
        ()
    for _ = n + 1 downto 2 do
        ()
    n

// What a loop counts with, and what it does not change, is beyond 32 bits from the start, in the midst of it, or beyond 53.
let rec count from until total = if from >= until then total else count (from + 1) until (total + from % 5)

let large n =
    let first = 2147483600
    let mutable sum = 0
    for i = first to first + n do
        sum <- sum + (i - n) % 7
    sum + count first (first + 100) n + count 9007199254740980 9007199254740999 n + count (9000000000 - n) 9000000000 0
