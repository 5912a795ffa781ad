let s = "Hello, World"
printfn "%s" (s |> Seq.rev |> Seq.map string |> String.concat "")
printfn "%A" (s |> Seq.filter System.Char.IsUpper |> Seq.toList)
printfn "%s" (s |> Seq.toList |> List.rev |> List.map string |> String.concat "")
let counts = "mississippi" |> Seq.countBy id |> Seq.sortByDescending snd |> Seq.toList
printfn "%A" counts
printfn "%A" ("the quick brown".Split(' ') |> Array.map (fun w -> w.Length))
printfn "%A" (["b"; "a"; "C"] |> List.sort)
printfn "%s" ("abc" |> String.map (fun c -> char (int c + 1)))
printfn "%d" ("abc" |> Seq.sumBy int)
printfn "%b" ("apple" < "banana")
let words = "one two  three".Split([|' '|]) |> Array.filter (fun w -> w <> "")
printfn "%A" words
printfn "%s" (string 'c' + string 1.5 + string true)
printfn "%A" ("a,b;c".Split([|','; ';'|]))
printfn "%s" (sprintf "%s-%s" "a" "b" |> fun s -> s.ToUpper())
for i in 0 .. s.Length - 1 do
    if i < 3 then printf "%c" s.[i]
printfn ""
printfn "%d" (int '7' - int '0')
printfn "%s" ("x".ToString())
printfn "%s" ((3).ToString())
printfn "%A" ("line1\nline2".Split('\n'))
