type Graph<'n when 'n: comparison> = Map<'n, ('n * int) list>

let addEdge (a, b, w) (g: Graph<'n>) : Graph<'n> =
    let add x y g = g |> Map.change x (function Some es -> Some((y, w) :: es) | None -> Some [ (y, w) ])
    g |> add a b |> add b a

let graph =
    [ "A", "B", 7; "A", "C", 9; "A", "F", 14; "B", "C", 10; "B", "D", 15; "C", "D", 11; "C", "F", 2; "D", "E", 6; "E", "F", 9 ]
    |> List.fold (fun g e -> addEdge e g) Map.empty

let bfs start (g: Graph<_>) =
    let rec go visited queue acc =
        match queue with
        | [] -> List.rev acc
        | n :: rest when Set.contains n visited -> go visited rest acc
        | n :: rest ->
            let next = g.[n] |> List.map fst |> List.sort |> List.filter (fun m -> not (Set.contains m visited))
            go (Set.add n visited) (rest @ next) (n :: acc)
    go Set.empty [ start ] []

let dfs start (g: Graph<_>) =
    let rec visit (visited, order) n =
        if Set.contains n visited then visited, order
        else
            g.[n]
            |> List.map fst
            |> List.sort
            |> List.fold visit (Set.add n visited, n :: order)
    visit (Set.empty, []) start |> snd |> List.rev

let dijkstra start (g: Graph<_>) =
    let rec loop frontier dist prev =
        if Set.isEmpty frontier then dist, prev
        else
            let (d, n) = Set.minElement frontier
            let frontier = Set.remove (d, n) frontier
            if d > (dist |> Map.find n) then loop frontier dist prev
            else
                let f, di, p =
                    g.[n]
                    |> List.fold
                        (fun (f, di, p) (m, w) ->
                            let nd = d + w
                            match Map.tryFind m di with
                            | Some old when old <= nd -> (f, di, p)
                            | _ -> (Set.add (nd, m) f, Map.add m nd di, Map.add m n p))
                        (frontier, dist, prev)
                loop f di p
    loop (Set.singleton (0, start)) (Map.ofList [ start, 0 ]) Map.empty

let rec pathTo target prev =
    match Map.tryFind target prev with
    | Some p -> pathTo p prev @ [ target ]
    | None -> [ target ]

printfn "%A" (bfs "A" graph)
printfn "%A" (dfs "A" graph)
let dist, prev = dijkstra "A" graph
dist |> Map.iter (fun n d -> printfn "%s: %2d via %s" n d (String.concat " -> " (pathTo n prev)))
printfn "%A" dist

// topological sort with cycle detection
type Visit<'a> =
    | Order of 'a list
    | Cycle of 'a list

let topo (deps: Map<string, string list>) =
    let rec visit path (state: Visit<string>) node =
        match state with
        | Cycle _ -> state
        | Order order when List.contains node order -> state
        | Order _ when List.contains node path -> Cycle(List.rev (node :: path))
        | Order _ ->
            let children = deps |> Map.tryFind node |> Option.defaultValue []
            match List.fold (visit (node :: path)) state children with
            | Order order -> Order(order @ [ node ])
            | cycle -> cycle
    deps |> Map.toSeq |> Seq.map fst |> Seq.fold (visit []) (Order [])

printfn "%A" (topo (Map.ofList [ "app", [ "lib"; "log" ]; "lib", [ "core" ]; "log", [ "core" ] ]))
printfn "%A" (topo (Map.ofList [ "a", [ "b" ]; "b", [ "c" ]; "c", [ "a" ] ]))

// connected components with a mutable union find
let components edges n =
    let parent = Array.init n id
    let rec find x = if parent.[x] = x then x else (parent.[x] <- find parent.[x]; parent.[x])
    for (a, b) in edges do
        let ra, rb = find a, find b
        if ra <> rb then parent.[rb] <- ra
    [ 0 .. n - 1 ] |> List.groupBy find |> List.map snd

printfn "%A" (components [ 0, 1; 2, 3; 1, 4 ] 6)
