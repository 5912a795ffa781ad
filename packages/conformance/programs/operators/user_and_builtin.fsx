let (>=>) f g x = match f x with Some y -> g y | None -> None
let half n = if n % 2 = 0 then Some (n / 2) else None
printfn "%A %A" ((half >=> half) 12) ((half >=> half) 6)
let (~~) x = -x
printfn "%d" (~~5)
let (!!) x = x * 10
printfn "%d" !!4
let (|?) o d = defaultArg o d
printfn "%d" (None |? 3)
let (<+>) (a, b) (c, d) = (a + c, b + d)
printfn "%A" ((1, 2) <+> (3, 4))
printfn "%A" (List.map ((*) 2) [1; 2])
printfn "%A" (List.map (fun x -> x ** 2.0) [1.0; 3.0])
printfn "%A" (List.reduce (-) [10; 3; 2])
let compose = (fun x -> x + 1) >> (fun x -> x * 2) << (fun x -> x - 3)
printfn "%d" (compose 10)
(1, 2) ||> fun a b -> printfn "%d" (a + b)
(1, 2, 3) |||> fun a b c -> printfn "%d" (a + b + c)
printfn "%d" <| 3 + 4
printfn "%d" (5 &&& 3 ||| 8 ^^^ 1)
printfn "%d %d %d" (1 <<< 4) (-16 >>> 2) (~~~0)
printfn "%b" (not true || false && true)
let r = ref 5
r := !r + 1
r.Value <- r.Value * 2
printfn "%d" r.Value
printfn "%b %b" (1 <> 2) (1 = 1 = true)
printfn "%d" (7 % -3)
printfn "%d %d" (-7 / 2) (-7 % 2)
printfn "%f" (-7.5 % 2.0)
printfn "%A" ([1] @ [2] @ [3])
printfn "%A" (1 :: 2 :: [] @ [3])
printfn "%b" ([1; 2] < [1; 3])
printfn "%b" ((1, "b") > (1, "a"))
printfn "%d" (compare "a" "b")
printfn "%s" ("a" + "b" + string 3)
printfn "%s" ("x" ++ "y")
printfn "%d" -(3 + 4)
let neg = -3
printfn "%d" (abs neg)
printfn "%d" (- neg)
