exception Stop of int

let rec even n = if n = 0 then true else odd (n - 1)
and odd n = if n = 0 then false else even (n - 1)

let rec through k n = if n = 0 then k n else through k (n - 1)

let rec bounce (f: int -> (int -> int) -> int) n = if n = 0 then 0 else f n (fun m -> bounce f (m - 1))

let deep n =
    let rec count n = if n = 0 then 0 else 1 + count (n - 1)
    count n

let caught n =
    let mutable sum = 0
    for i = 1 to n do
        try
            if i % 3 = 0 then raise (Stop i)
            sum <- sum + i
        with
        | Stop at -> sum <- sum + at * 1000
    sum

let again () =
    try
        try
            [| 1; 2 |].[5]
        with e ->
            reraise ()
    with
    | :? System.IndexOutOfRangeException -> -1

let wide () =
    let mutable sum = 9007199254740000
    for i = 1 to 2000 do
        sum <- sum + i
    sum

let rec wrap i x = if i = 0 then x else wrap (i - 1) (x * 6364136223846793005 + 1442695040888963407)

let spin () =
    let mutable i = 0
    while true do
        i <- i + 1
    i

let floats n =
    let mutable sum = 0.0
    for i = 1 to n do
        sum <- sum + 1.0 / float i
    sum

let fails xs = List.map (fun x -> 10 / x) xs
