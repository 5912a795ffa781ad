// sieve, primes, number theory with sequences of lists
let sieve n =
    let composite = Array.create (n + 1) false
    [ for i in 2 .. n do
        if not composite.[i] then
            yield i
            for j in i * i .. i .. n do
                composite.[j] <- true ]
let primes = sieve 50
printfn "%s" (primes |> List.map string |> String.concat " ")
let rec factor n =
    let rec go n d acc =
        if n = 1 then List.rev acc
        elif d * d > n then List.rev (n :: acc)
        elif n % d = 0 then go (n / d) d (d :: acc)
        else go n (d + 1) acc
    go n 2 []
for n in [ 12; 97; 360; 1001 ] do
    let fs = factor n
    let parts = fs |> List.countBy id |> List.map (fun (p, k) -> if k = 1 then string p else sprintf "%d^%d" p k)
    printfn "%d = %s" n (String.concat " * " parts)
let rec egcd a b = if b = 0 then a, 1, 0 else (let g, x, y = egcd b (a % b) in g, y, x - a / b * y)
let g, x, y = egcd 240 46
printfn "%d %d %d %b" g x y (240 * x + 46 * y = g)
let toBase b n =
    let rec go n acc = if n = 0 then acc else go (n / b) (string (n % b) + acc)
    if n = 0 then "0" else go n ""
printfn "%s %s %s" (toBase 2 10) (toBase 7 100) (toBase 3 0)
let perfect = [ for n in 2 .. 500 do if [ for d in 1 .. n / 2 do if n % d = 0 then d ] |> List.sum = n then n ]
printfn "%s" (perfect |> List.map string |> String.concat ",")
let pascal n = List.unfold (fun (row, i) -> if i = n then None else Some (row, (List.map2 (+) (0 :: row) (row @ [ 0 ]), i + 1))) ([ 1 ], 0)
pascal 5 |> List.iter (List.map string >> String.concat " " >> printfn "%s")
let roman n =
    let table = [ 1000, "M"; 900, "CM"; 500, "D"; 400, "CD"; 100, "C"; 90, "XC"; 50, "L"; 40, "XL"; 10, "X"; 9, "IX"; 5, "V"; 4, "IV"; 1, "I" ]
    let rec go n = function
        | (v, s) :: _ as all when n >= v -> s + go (n - v) all
        | _ :: rest -> go n rest
        | [] -> ""
    go n table
printfn "%s %s" (roman 1994) (roman 49)
