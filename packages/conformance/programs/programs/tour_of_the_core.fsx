type Suit = Clubs | Diamonds | Hearts | Spades
type Rank = Number of int | Jack | Queen | King | Ace
type Card = { Rank: Rank; Suit: Suit }
let deck =
    [ for s in [ Clubs; Diamonds; Hearts; Spades ] do
        for r in [ for n in 2..10 -> Number n ] @ [ Jack; Queen; King; Ace ] do
            { Rank = r; Suit = s } ]
printfn "%d" deck.Length
printfn "%A" (List.max deck)
printfn "%A" (List.min deck)
printfn "%b %b" (Jack < Queen) ({ Rank = Ace; Suit = Clubs } > { Rank = King; Suit = Spades })
printfn "%A" (deck |> List.sort |> List.rev |> List.take 2)
let byValue = deck |> List.countBy (fun c -> match c.Rank with Number n when n < 5 -> "low" | Number _ -> "mid" | _ -> "high")
printfn "%A" byValue
type Employee(name: string, salary: float) =
    let mutable salary = salary
    let bonus = salary * 0.1
    member _.Name = name
    member _.Salary with get () = salary and set v = salary <- v
    member this.Total = this.Salary + bonus
    member this.Raise(pct: float) =
        this.Salary <- this.Salary * (1.0 + pct / 100.0)
        this
let e = Employee("Ann", 2000.0)
printfn "%s %.2f %.2f" e.Name e.Salary e.Total
printfn "%.2f" (e.Raise(10.0).Salary)
type Expr =
    | Num of int
    | Add of Expr * Expr
    | Let of string * Expr * Expr
    | Var of string
and Env = Map<string, int>
let rec eval (env: Env) = function
    | Num n -> n
    | Add (a, b) -> eval env a + eval env b
    | Let (x, e, body) -> eval (env.Add(x, eval env e)) body
    | Var x -> env.[x]
printfn "%d" (eval Map.empty (Let ("x", Num 3, Add (Var "x", Add (Var "x", Num 1)))))
let counter () =
    let n = ref 0
    fun () ->
        n.Value <- n.Value + 1
        !n
let c1, c2 = counter (), counter ()
printfn "%d %d %d" (c1 ()) (c1 ()) (c2 ())
let lz = lazy (printfn "computing"; 42)
printfn "%d %d" (lz.Force()) lz.Value
let work = async {
    let! a = async { return 3 }
    let b = 4
    do! Async.Sleep 1
    return a * b }
printfn "%d" (Async.RunSynchronously work)
let xs = Set.ofList [ 3; 1; 4; 1; 5 ]
let ys = set [ 4; 5; 6 ]
printfn "%A %A %A %A" (Set.union xs ys) (Set.intersect xs ys) (xs - ys) (xs + ys)
printfn "%b %b" (Set.isSubset (set [ 1 ]) xs) (xs.Contains 9)
let m = [ "b", 2; "a", 1 ] |> Map.ofList |> Map.add "c" 3
printfn "%A" (m |> Map.toList)
printfn "%A" (m |> Map.filter (fun _ v -> v > 1) |> Map.map (fun k v -> k + string v))
printfn "%A %A" (m.TryFind "a") (m |> Map.tryFindKey (fun _ v -> v = 3))
printfn "%d" (Map.fold (fun acc _ v -> acc + v) 0 m)
printfn "%A" (Map.foldBack (fun k v acc -> (k, v) :: acc) m [])
printfn "%A" (m |> Seq.map (fun kv -> kv.Key, kv.Value) |> List.ofSeq)
printfn "%A" (List.sortWith (fun (a: string) b -> compare b.Length a.Length) [ "a"; "ccc"; "bb" ])
printfn "%d %d %d %d" (5 &&& 3) (5 ||| 3) (5 ^^^ 3) (1 <<< 10)
printfn "%A" (compare (1, "b") (1, "a"), compare [ 1; 2 ] [ 1 ], compare None (Some 1))
printfn "%A" (List.zip [ 1; 2 ] [ 'a'; 'b' ] |> List.unzip)
printfn "%A" (List.fold (fun (s, p) x -> s + x, p * x) (0, 1) [ 1..5 ])
printfn "%A" ([ 1..10 ] |> List.partition (fun x -> x % 3 = 0))
printfn "%A" (List.scan (+) 0 [ 1..4 ], List.pairwise [ 1..4 ], List.chunkBySize 2 [ 1..5 ])
printfn "%A" (List.foldBack (fun x acc -> x :: acc) [ 1; 2; 3 ] [])
printfn "%A" (List.tryLast [ 1; 2 ], List.tryItem 5 [ 1 ], List.exists ((=) 2) [ 1; 2 ])
printfn "%A" (Seq.initInfinite (fun i -> i * i) |> Seq.skipWhile (fun x -> x < 50) |> Seq.takeWhile (fun x -> x < 200) |> List.ofSeq)
printfn "%A" (Seq.distinctBy (fun x -> x % 3) [ 1..10 ] |> Seq.toList)
