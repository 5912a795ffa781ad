let makeCounter () =
    let mutable c = 0
    fun () ->
        c <- c + 1
        c
let c1 = makeCounter ()
let c2 = makeCounter ()
c1 () |> ignore
printfn "%d %d" (c1 ()) (c2 ())
let makeAcc () =
    let total = ref 0
    let add n = total.Value <- total.Value + n
    let get () = total.Value
    add, get
let add, get = makeAcc ()
add 5
add 6
printfn "%d" (get ())
let fs = [ for i in 1 .. 3 -> fun x -> x * i ]
printfn "%A" (fs |> List.map (fun f -> f 10))
let mutable fns = []
for i in 1 .. 3 do
    fns <- (fun () -> i) :: fns
printfn "%A" (fns |> List.map (fun f -> f ()))
let compose fs = List.fold (>>) id fs
printfn "%d" (compose [ (+) 1; (*) 2; fun x -> x - 3 ] 5)
let rec fix f x = f (fix f) x
printfn "%d" (fix (fun self n -> if n = 0 then 1 else n * self (n - 1)) 5)
let curry f a b = f (a, b)
let uncurry f (a, b) = f a b
let flip f a b = f b a
printfn "%d %d %d" (curry (fun (a, b) -> a - b) 5 3) (uncurry (-) (5, 3)) (flip (-) 5 3)
let memo f =
    let cache = ref Map.empty
    fun x ->
        match Map.tryFind x cache.Value with
        | Some v -> v
        | None ->
            let v = f x
            cache.Value <- Map.add x v cache.Value
            v
let slow n = printfn "computing %d" n; n * n
let fast = memo slow
printfn "%d" (fast 4)
printfn "%d" (fast 4)
let partial = sprintf "%s-%d"
let p2 = partial "x"
printfn "%s %s" (p2 1) (p2 2)
let apply2 f x = f (f x)
printfn "%d" (apply2 (apply2 ((*) 2)) 1)
let outer x =
    let inner y =
        let innermost z = x + y + z
        innermost
    inner
printfn "%d" (outer 1 2 3)
