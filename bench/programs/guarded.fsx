// The same calls without and with what guards them.

let free n =
    let mutable sum = 0
    for i = 1 to n do
        sum <- Host.add1 sum
    sum

let guarded n =
    let mutable sum = 0
    for i = 1 to n do
        sum <- Host.add1_guarded sum
    sum

let read_free n =
    let mutable length = 0
    for i = 1 to n do
        length <- length + (Host.variable "LANG" |> Option.map String.length |> Option.defaultValue 0)
    length

let read_guarded n =
    let mutable length = 0
    for i = 1 to n do
        length <- length + (Env.get "LANG" |> Option.map String.length |> Option.defaultValue 0)
    length
