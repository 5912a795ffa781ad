let inline clamp lo hi x = if x < lo then lo elif x > hi then hi else x
printfn "%d %.1f %s" (clamp 1 5 9) (clamp 0.0 1.0 0.5) (clamp "b" "d" "a")
let sumBy f xs = List.fold (fun acc x -> acc + f x) 0 xs
printfn "%d" (sumBy String.length [ "a"; "bb" ])
let pipeline = List.filter (fun x -> x > 1) >> List.map (fun x -> x * x) >> List.sum
printfn "%d" (pipeline [ 1; 2; 3 ])
let applyN n f x = List.fold (fun acc _ -> f acc) x [ 1 .. n ]
printfn "%d" (applyN 10 ((*) 2) 1)
let (f, g) = (fun x -> x + 1), (fun x -> x * 2)
printfn "%d" ((f >> g) 3)
let tee f x = f x; x
[ 1; 2; 3 ] |> tee (List.length >> printfn "len %d") |> List.sum |> printfn "%d"
let konst a _ = a
printfn "%d" (konst 3 "ignored")
let rec repeat n f = if n <= 0 then () else (f (); repeat (n - 1) f)
repeat 3 (fun () -> printf "x")
printfn ""
let on f g a b = g (f a) (f b)
printfn "%b" (on String.length (=) "abc" "xyz")
let y = [ 1; 2; 3 ] |> List.map ((-) 10) |> List.map string |> String.concat ","
printfn "%s" y
let z = (fun x y -> x - y) 10 3
printfn "%d" z
