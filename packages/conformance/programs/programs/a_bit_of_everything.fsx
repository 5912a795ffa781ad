let f (x: int, y: int) : int = x + y
let g (x : 'a) : 'a list = [x]
let h<'t> (x: 't) = x
let ((a, b), c) = ((1, 2), 3)
printfn "%d %A %d %d%d%d" (f (1, 2)) (g 'x') (h 5) a b c
let add = fun (x, y) -> x + y
printfn "%d" (add (3, 4))
let rec even n = match n with 0 -> true | n -> odd (n - 1)
and odd n = match n with 0 -> false | n -> even (n - 1)
printfn "%b" (even 7)
let print_all xs = for x in xs do printf "%A;" x
print_all [ 1; 2 ]
printfn ""
let (|Pair|) (x, y) = x + y
let (Pair s) = (1, 2)
printfn "%d" s
let opt = Some 3
match opt with Some n when n > 5 -> printfn "big" | Some n -> printfn "small %d" n | None -> printfn "none"
if opt.IsSome && opt.Value = 3 then printfn "three"
let value =
    match opt with
    | Some n ->
        if n > 2 then "gt"
        else "le"
    | None -> "none"
printfn "%s" value
let result =
    try
        let x = 10 / (a - 1)
        sprintf "%d" x
    with
    | :? System.DivideByZeroException -> "div by zero"
    | e -> e.Message
printfn "%s" result
let xs = [ yield 1
           yield 2
           for i in 3 .. 4 do
               yield i
           yield! [ 5; 6 ] ]
printfn "%A" xs
let squares = [| for i in 1 .. 5 do if i % 2 = 1 then i * i |]
printfn "%A" squares
let nestedList = [ for i in 1 .. 3 -> [ for j in 1 .. i -> j ] ]
printfn "%A" nestedList
let dict = [ ("one", 1); ("two", 2) ] |> Map.ofSeq
printfn "%d %b %A" dict.["one"] (dict.ContainsKey "three") (dict.TryFind "two")
printfn "%d" (dict |> Map.toSeq |> Seq.sumBy snd)
let mutable i = 0
while i < 10 do
    i <- i + 3
    if i > 5 then printf "%d " i
printfn ""
let rec loop i acc =
    if i > 5 then List.rev acc
    else
        let sq = i * i
        loop (i + 1) (sq :: acc)
printfn "%A" (loop 1 [])
let compose2 f g x = f (g x)
let inc x = x + 1
let dbl x = x * 2
printfn "%d %d %d" (compose2 inc dbl 5) ((inc >> dbl) 5) ((inc << dbl) 5)
[ 1; 2; 3 ]
|> List.map inc
|> List.iter (fun x ->
    let y = dbl x
    printf "%d " y)
printfn ""
let swap (a, b) = (b, a)
let pairs = [ (1, "a"); (2, "b") ] |> List.map swap
printfn "%A" pairs
type Shape =
    | Circle of radius: float
    | Rectangle of width: float * height: float
    | Triangle of a: float * b: float * c: float
    member s.Area =
        match s with
        | Circle r -> 3.0 * r * r
        | Rectangle (w, h) -> w * h
        | Triangle (a, b, c) ->
            let p = (a + b + c) / 2.0
            sqrt (p * (p - a) * (p - b) * (p - c))
    static member Unit = Rectangle (1.0, 1.0)
let shapes = [ Circle 1.0; Rectangle (width = 2.0, height = 3.0); Triangle (3.0, 4.0, 5.0); Shape.Unit ]
for s in shapes do printfn "%A %.2f" s s.Area
printfn "%.2f" (shapes |> List.sumBy (fun s -> s.Area))
let isBig = function
    | Circle r when r > 10.0 -> true
    | Rectangle (w, _) when w > 10.0 -> true
    | _ -> false
printfn "%A" (List.exists isBig shapes)
type Address = { City: string; Zip: string }
type Person = { Name: string; Address: Address; Age: int }
let p1 = { Name = "A"; Address = { City = "X"; Zip = "1" }; Age = 5 }
let p2 = { p1 with Age = p1.Age + 1; Name = "B" }
let p3 = { p2 with Address = { p2.Address with City = "Y" } }
printfn "%s %s %d %b" p3.Name p3.Address.City p2.Age (p1 = { p1 with Age = 5 })
let older p = { p with Age = p.Age + 1 }
printfn "%d" ((older >> older >> older) p1).Age
let names = [ p1; p2; p3 ] |> List.map (fun { Name = n } -> n)
printfn "%A" names
let getCity { Address = { City = c } } = c
printfn "%s" (getCity p3)
let numbers = Seq.initInfinite ((*) 2)
numbers |> Seq.takeWhile (fun x -> x < 8) |> Seq.iter (printf "%d ")
printfn ""
let s1 = "verbatim: " + @"a\b" + """ "q" """
printfn "%s" s1
let multi = "line one
line two"
printfn "%s" multi
let cont = "one \
            two"
printfn "%s" cont
printfn "%s" (String.concat "," (List.map string [ 1; 2; 3 ]))
printfn "%s" ("a b c".Split(' ') |> Array.rev |> String.concat " ")
printfn "%A" (Seq.fold (fun (mn, mx) x -> min mn x, max mx x) (100, -100) [ 3; 9; 1 ])
let (>>=) m f = Option.bind f m
let half x = if x % 2 = 0 then Some (x / 2) else None
printfn "%A %A" (Some 8 >>= half >>= half) (Some 6 >>= half >>= half)
printfn "%A" ([ 1; 2; 3 ] |> List.map (fun x -> if x = 2 then None else Some x) |> List.choose id)
let a1 = Array.zeroCreate<int> 3
a1.[1] <- 5
printfn "%A" a1
let lookup k = List.tryPick (fun (k', v) -> if k = k' then Some v else None) [ 1, "a"; 2, "b" ]
printfn "%A %A" (lookup 2) (lookup 3)
printfn "%s" (match lookup 1 with Some v -> v | None -> "?")
let time = 3725
printfn "%02d:%02d:%02d" (time / 3600) (time % 3600 / 60) (time % 60)
