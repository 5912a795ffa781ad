let run n =
    let mutable sum = 0
    for i = 1 to n do
        sum <- Host.add1 sum
    sum

let run_native n =
    let mutable sum = 0
    for i = 1 to n do
        sum <- Host.add1_native sum
    sum

let greet n =
    let mutable length = 0
    for i = 1 to n do
        length <- length + String.length (Host.hello "Ada")
    length

let next n = n + 1

let on_event (id: int) (key: string) = key + ":" + string id
