// dijkstra with a simple priority list
type Graph = Map<string, (string * int) list>
let graph : Graph =
    [ "A", [ "B", 7; "C", 9; "F", 14 ]
      "B", [ "A", 7; "C", 10; "D", 15 ]
      "C", [ "A", 9; "B", 10; "D", 11; "F", 2 ]
      "D", [ "B", 15; "C", 11; "E", 6 ]
      "E", [ "D", 6; "F", 9 ]
      "F", [ "A", 14; "C", 2; "E", 9 ] ]
    |> Map.ofList
let dijkstra (g: Graph) source =
    let rec go frontier dist prev =
        match frontier |> List.sortBy fst with
        | [] -> dist, prev
        | (d, u) :: rest when d > (dist |> Map.find u) -> go rest dist prev
        | (d, u) :: rest ->
            let frontier, dist, prev =
                g.[u]
                |> List.fold
                    (fun (f, ds, ps) (v, w) ->
                        let nd = d + w
                        match Map.tryFind v ds with
                        | Some old when old <= nd -> f, ds, ps
                        | _ -> (nd, v) :: f, Map.add v nd ds, Map.add v u ps)
                    (rest, dist, prev)
            go frontier dist prev
    go [ 0, source ] (Map.ofList [ source, 0 ]) Map.empty
let rec path prev target =
    match Map.tryFind target prev with
    | None -> [ target ]
    | Some p -> path prev p @ [ target ]
let dist, prev = dijkstra graph "A"
for KeyValue (node, d) in dist do
    printfn "%s: %d via %s" node d (path prev node |> String.concat ">")
