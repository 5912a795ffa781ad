// Whatever has elements is accepted where a seq is wanted.
let total (xs: seq<int>) = Seq.sum xs
printfn "%d %d %d %d" (total [ 1; 2 ]) (total [| 3 |]) (total (set [ 4; 4 ])) (total (seq { 1 .. 4 }))
let letters (s: seq<char>) = Seq.length s
printfn "%d" (letters "word")
let entries (m: seq<string * int>) = m |> Seq.map (fun (k, v) -> sprintf "%s=%d" k v) |> String.concat ";"
printfn "%s" (entries (Map.ofList [ ("b", 2); ("a", 1) ]))

let asSeq = [ 1; 2; 3 ] :> seq<int>
printfn "%d" (Seq.length asSeq)
let both: seq<int> list = [ [ 1 ]; [| 2 |]; seq { 3 } ]
printfn "%A" (both |> Seq.concat |> Seq.toList)

type Basket = { Items: seq<string> }
let basket = { Items = [ "apple"; "pear" ] }
for item in basket.Items do printfn "%s" item

let chosen flag : seq<int> = if flag then [ 1; 2 ] else seq { 10 .. 12 }
printfn "%A %A" (Seq.toList (chosen true)) (Seq.toList (chosen false))

// Loops, comprehensions and functions of other modules.
let squares = seq { for i in 1 .. 3 -> i * i }
for i in squares do
    if i = 4 then continue
    printf "%d " i
printfn ""
printfn "%A" [ for s in squares do if s > 1 then yield s ]
printfn "%A" [| yield! squares; yield 0 |]
printfn "%A" (List.ofSeq squares, Array.ofSeq squares, Set.ofSeq squares)
printfn "%A" (Map.ofSeq (Seq.zip [ "a"; "b" ] squares))
printfn "%s" (String.concat "-" (squares |> Seq.map string))
printfn "%A" (List.concat (seq { [ 1 ]; [ 2; 3 ] }))
printfn "%A" (Set.unionMany (seq { set [ 1 ]; set [ 2 ] }))
printfn "%A" (List.insertManyAt 1 squares [ 0; 0 ])

// Groups.
let words = [ "apple"; "avocado"; "bean"; "beet"; "corn" ]
for (letter, group) in words |> Seq.groupBy (fun w -> w.[0]) do
    printfn "%c: %s" letter (String.concat ", " group)
for (letter, n) in Seq.countBy (fun (w: string) -> w.[0]) words do
    printf "%c%d " letter n
printfn ""
let byLength = words |> Seq.sortByDescending String.length |> Seq.map String.length |> Seq.toList
printfn "%A" byLength

// A value whose type only the running program knows.
let dynamic: any = box (seq { 1 .. 3 })
for x in dynamic do printf "%d " x
printfn ""
let list: any = box [ "p"; "q" ]
for x in list do printf "%s " x
printfn ""
let nothing: any = box 5
printfn "%s" (try (for x in nothing do printfn "%d" x); "" with e -> e.Message)
