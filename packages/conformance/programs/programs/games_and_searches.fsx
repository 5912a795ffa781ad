// tic-tac-toe with minimax, n-queens, sudoku-like search
type Player = X | O
type Cell = Player option
type Board = Cell[]
let other = function X -> O | O -> X
let lines =
    [ for r in 0 .. 2 -> [ for c in 0 .. 2 -> 3 * r + c ]
      for c in 0 .. 2 -> [ for r in 0 .. 2 -> 3 * r + c ]
      yield [ 0; 4; 8 ]
      yield [ 2; 4; 6 ] ]
let winner (b: Board) =
    lines |> List.tryPick (fun line ->
        match line |> List.map (fun i -> b.[i]) with
        | [ Some p; Some q; Some r ] when p = q && q = r -> Some p
        | _ -> None)
let moves (b: Board) = [ for i in 0 .. 8 do if b.[i].IsNone then i ]
let play (b: Board) i p =
    let copy = Array.copy b
    copy.[i] <- Some p
    copy
let rec score me turn b =
    match winner b with
    | Some p when p = me -> 1
    | Some _ -> -1
    | None ->
        match moves b with
        | [] -> 0
        | ms ->
            let results = ms |> List.map (fun m -> score me (other turn) (play b m turn))
            if turn = me then List.max results else List.min results
let best p b = moves b |> List.maxBy (fun m -> score p (other p) (play b m p))
let render (b: Board) =
    b
    |> Array.map (function Some X -> "X" | Some O -> "O" | None -> ".")
    |> Array.chunkBySize 3
    |> Array.map (String.concat "")
    |> String.concat "/"
let rec game b turn log =
    match winner b, moves b with
    | Some p, _ -> List.rev (sprintf "%A wins" p :: log)
    | None, [] -> List.rev ("draw" :: log)
    | _ ->
        let b' = play b (best turn b) turn
        game b' (other turn) (render b' :: log)
let start = Array.create 9 None
start.[4] <- Some X
start.[0] <- Some O
start.[8] <- Some X
game start O [] |> List.iter (printfn "%s")
let queens n =
    let rec place row cols =
        if row = n then [ List.rev cols ]
        else
            [ for c in 0 .. n - 1 do
                let safe = cols |> List.mapi (fun i c' -> i + 1, c') |> List.forall (fun (d, c') -> c <> c' && abs (c - c') <> d)
                if safe then yield! place (row + 1) (c :: cols) ]
    place 0 []
printfn "%d %A" (queens 6).Length (List.head (queens 6))
let rec permutations = function
    | [] -> seq { yield [] }
    | xs ->
        seq {
            for x in xs do
                for rest in permutations (List.filter ((<>) x) xs) do
                    yield x :: rest
        }
printfn "%A" (permutations [ 1; 2; 3 ] |> List.ofSeq)
let rec combos k xs =
    match k, xs with
    | 0, _ -> [ [] ]
    | _, [] -> []
    | k, x :: rest -> List.map (fun c -> x :: c) (combos (k - 1) rest) @ combos k rest
printfn "%A" (combos 2 [ 'a'; 'b'; 'c' ])
let knapsack capacity (items: (int * int) list) =
    let table = Array.init (items.Length + 1) (fun _ -> Array.zeroCreate (capacity + 1))
    items |> List.iteri (fun i (w, v) ->
        for c in 0 .. capacity do
            let without = table.[i].[c]
            table.[i + 1].[c] <- if w <= c then max without (table.[i].[c - w] + v) else without)
    table.[items.Length].[capacity]
printfn "%d" (knapsack 10 [ (5, 10); (4, 40); (6, 30); (3, 50) ])
let levenshtein (a: string) (b: string) =
    let d = Array.init (a.Length + 1) (fun i -> Array.init (b.Length + 1) (fun j -> if i = 0 then j elif j = 0 then i else 0))
    for i in 1 .. a.Length do
        for j in 1 .. b.Length do
            let cost = if a.[i - 1] = b.[j - 1] then 0 else 1
            d.[i].[j] <- List.min [ d.[i - 1].[j] + 1; d.[i].[j - 1] + 1; d.[i - 1].[j - 1] + cost ]
    d.[a.Length].[b.Length]
printfn "%d" (levenshtein "kitten" "sitting")
let roman n =
    let table = [ 1000, "M"; 900, "CM"; 500, "D"; 400, "CD"; 100, "C"; 90, "XC"; 50, "L"; 40, "XL"; 10, "X"; 9, "IX"; 5, "V"; 4, "IV"; 1, "I" ]
    let rec go n acc = function
        | [] -> acc
        | (v, s) :: rest when n >= v -> go (n - v) (acc + s) ((v, s) :: rest)
        | _ :: rest -> go n acc rest
    go n "" table
printfn "%s" ([ 1994; 2024; 49 ] |> List.map roman |> String.concat " ")
