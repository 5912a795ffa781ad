module Sizes =
    let private (|Big|_|) n = if n > 3 then Some n else None
    let size n =
        match n with
        | Big n -> n * 100
        | n -> n

printfn "%d" (Sizes.size 5)

match 5 with
| Sizes.Big n -> printfn "%d" n
| _ -> ()
