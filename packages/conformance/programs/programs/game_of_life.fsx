// game of life
let width, height = 8, 6
let parse (rows: string list) =
    [ for y, row in List.indexed rows do
        for x in 0 .. row.Length - 1 do
            if row.[x] = '#' then yield (x, y) ]
    |> Set.ofList
let neighbours (x, y) =
    [ for dx in -1 .. 1 do
        for dy in -1 .. 1 do
            if (dx, dy) <> (0, 0) then
                yield (x + dx, y + dy) ]
let step cells =
    let count c = neighbours c |> List.filter (fun n -> Set.contains n cells) |> List.length
    let candidates = cells |> Set.toList |> List.collect (fun c -> c :: neighbours c) |> Set.ofList
    candidates
    |> Set.filter (fun c ->
        match Set.contains c cells, count c with
        | true, (2 | 3) -> true
        | false, 3 -> true
        | _ -> false)
let show cells =
    for y in 0 .. height - 1 do
        let row =
            [ for x in 0 .. width - 1 -> if Set.contains (x, y) cells then "#" else "." ]
            |> String.concat ""
        printfn "%s" row
    printfn ""
let start = parse [ "........"; ".#......"; "..#....."; "###....."; "........" ]
let mutable g = start
for i in 1 .. 3 do
    show g
    g <- step g
printfn "%d alive" (Set.count g)
