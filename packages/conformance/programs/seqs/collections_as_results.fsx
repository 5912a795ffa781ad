let dup x = [ x; x ]
let arr (x: int) = [| x |]
printfn "%A" (Seq.collect dup [ 1; 2 ] |> Seq.toList)
printfn "%A" ([ 1; 2 ] |> Seq.collect arr |> Seq.toList)
printfn "%A" ([ 1; 2 ] |> Seq.collect (dup >> List.rev) |> Seq.toList)
printfn "%A" (Seq.concat [ [ 1 ]; [ 2; 3 ] ] |> Seq.toList)
printfn "%A" (Seq.concat [ [| 1 |]; [| 2; 3 |] ] |> Seq.toList)
let chars (s: string) = s
printfn "%A" ([ "ab"; "c" ] |> Seq.collect chars |> Seq.toList)
printfn "%A" (Seq.collect id [ [ 1 ]; [ 2 ] ] |> Seq.toList)
printfn "%A" (Map.ofList [ 1, [ 'a' ]; 2, [ 'b'; 'c' ] ] |> Map.toSeq |> Seq.collect snd |> Seq.toList)

let life (cells: Set<int * int>) =
    let neighbours (x, y) =
        [ for dx in -1..1 do
              for dy in -1..1 do
                  if (dx, dy) <> (0, 0) then yield x + dx, y + dy ]
    cells
    |> Seq.collect neighbours
    |> Seq.countBy id
    |> Seq.filter (fun (c, n) -> n = 3 || (n = 2 && cells.Contains c))
    |> Seq.map fst
    |> Set.ofSeq

let blinker = set [ 0, 1; 1, 1; 2, 1 ]
printfn "%A" (life blinker)
printfn "%b" (life (life blinker) = blinker)
