let (|Even|Odd|) n = if n % 2 = 0 then Even else Odd
let (|Small|Big|) n = if n < 10 then Small else Big
let (|Pair|) n = (n, n)
let f n = match n with Even -> 1 | Big -> 2 | Small -> 3
let g n = match n with Even -> 1 | Big -> 2
let h n = match n with 3 -> 0 | Even -> 1 | Odd -> 2
let k n = match n with 3 -> 0 | Even -> 1
let m n = match n with Pair (1, _) -> 0 | Even -> 1 | Odd -> 2
printfn "%d%d%d%d" (f 3) (h 3) (m 1) (f 11)
