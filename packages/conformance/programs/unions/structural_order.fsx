type Suit = Clubs | Hearts | Spades
type Card = { Rank: int; Suit: Suit }
let cards = [ { Rank = 3; Suit = Spades }; { Rank = 3; Suit = Clubs }; { Rank = 1; Suit = Hearts } ]
for c in List.sort cards do printf "%d" c.Rank
printfn ""
printfn "%b %b" (Clubs < Spades) (compare Hearts Clubs > 0)
printfn "%b" ({ Rank = 1; Suit = Spades } < { Rank = 2; Suit = Clubs })
let m = Map.ofList [ ((1, "b"), "x"); ((1, "a"), "y"); ((0, "z"), "z") ]
for KeyValue ((n, s), v) in m do printf "%d%s%s " n s v
printfn ""
let s = Set.ofList [ [2]; [1; 5]; []; [1] ]
printfn "%d" (Set.minElement s |> List.length)
printfn "%s" (s |> Set.toList |> List.map (fun l -> string (List.length l)) |> String.concat "")
printfn "%b" (Some 1 < Some 2 && None < Some 0)
printfn "%b" ((1, 2) < (1, 3))
printfn "%b" ("abc" < "abd" && "Z" < "a")
printfn "%b" ([1; 2; 3] > [1; 2])
printfn "%b" ([| 9 |] < [| 1; 2 |])
printfn "%d %d" (max 3 5) (min "a" "b" |> String.length)
printfn "%b" (Ok 1 = Ok 1 && Error "x" <> Ok 1)
printfn "%b" (true > false)
printfn "%b" ('a' < 'b')
printfn "%d" (compare [1] [1])
printfn "%b" (() = ())
