let swap (a, b) = (b, a)
let (x, y), z = (1, 2), 3
printfn "%d %d %d %A" x y z (swap (1, "a"))
let fst3 (a, _, _) = a
printfn "%d" (fst3 (7, 8, 9))
let lz = lazy (printfn "computed"; 42)
printfn "%d %d" (lz.Force()) lz.Value
let counter () =
    let count = ref 0
    let inc () =
        count.Value <- count.Value + 1
        count.Value
    let reset () = count.Value <- 0
    inc, reset
let inc, reset = counter ()
inc () |> ignore
inc () |> ignore
printfn "%d" (inc ())
reset ()
printfn "%d" (inc ())
let adders = [ for i in 1..3 -> fun x -> x + i ]
printfn "%A" (adders |> List.map (fun f -> f 10))
let compose = List.fold (>>) id
printfn "%d" (compose [ (fun x -> x + 1); (fun x -> x * 2); (fun x -> x - 3) ] 5)
let curry f a b = f (a, b)
let uncurry f (a, b) = f a b
printfn "%d %d" (curry (fun (a, b) -> a * b) 3 4) (uncurry (+) (3, 4))
let flip f a b = f b a
printfn "%d" (flip (-) 1 10)
let (|>>) x f = Option.map f x
let (>>=) x f = Option.bind f x
let half n = if n % 2 = 0 then Some(n / 2) else None
printfn "%A %A" (Some 8 >>= half >>= half) (Some 6 >>= half >>= half)
printfn "%A" (Some 3 |>> (fun x -> x + 1) |>> string)
let describe = function
    | None -> "nothing"
    | Some n when n < 0 -> "negative"
    | Some 0 -> "zero"
    | Some n when n % 2 = 0 -> sprintf "even %d" n
    | Some n -> sprintf "odd %d" n
[ None; Some -1; Some 0; Some 4; Some 5 ] |> List.iter (describe >> printfn "%s")
let rec listShape = function
    | [] -> "empty"
    | [ x ] -> sprintf "one %A" x
    | [ x; y ] -> sprintf "two %A %A" x y
    | x :: _ :: rest -> sprintf "%A .. %d more" x (List.length rest + 1)
printfn "%s|%s|%s|%s" (listShape ([]: int list)) (listShape [ 1 ]) (listShape [ 'a'; 'b' ]) (listShape [ 1.0; 2.0; 3.0 ])
let classify (a, b) =
    match a, b with
    | 0, 0 -> "origin"
    | 0, _ | _, 0 -> "axis"
    | a, b when a = b -> "diagonal"
    | _ -> "plane"
printfn "%A" (List.map classify [ 0, 0; 0, 3; 2, 2; 1, 2 ])
let whole = match [ 1; 2; 3 ] with (x :: _) as all -> sprintf "%d of %A" x all | [] -> ""
printfn "%s" whole
match [| 1; 2; 3 |] with
| [| a; b; c |] -> printfn "%d" (a + b + c)
| _ -> printfn "other"
for (name, score) in [ "ann", 3; "bob", 5 ] do printfn "%s %d" name score
for i = 3 downto 1 do printf "%d " i
printfn ""
let mutable n = 0
while n < 3 do
    n <- n + 1
    printf "%d;" n
printfn ""
let firstMatch = [ 1..10 ] |> List.tryFind (fun x -> x * x > 50)
printfn "%A %A" firstMatch (List.tryFind (fun x -> x > 100) [ 1 ])
printfn "%A" (Option.map2 (+) (Some 1) (Some 2))
printfn "%A" ([ Some 1; None; Some 3 ] |> List.choose id)
printfn "%A" (Option.defaultValue 0 None, Option.toList (Some 1), Option.orElse (Some 9) None)
