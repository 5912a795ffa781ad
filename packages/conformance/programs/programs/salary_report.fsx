// Scripts as newcomers write them: input parsing, reports
let input = """
name,dept,salary,start
Ann,Engineering,5000,2019
Bob,Marketing,4200,2020
Cid,Engineering,6100,2015
Dee,Sales,3900,2021
Eve,Marketing,4800,2018
bad line
"""

type Employee =
    { Name: string
      Dept: string
      Salary: float
      Start: int }

let tryInt (s: string) =
    match s |> Seq.toList with
    | [] -> None
    | cs when cs |> List.forall System.Char.IsDigit -> Some (int s)
    | _ -> None

let parseLine (line: string) =
    match line.Split(',') with
    | [| name; dept; salary; start |] ->
        match tryInt salary, tryInt start with
        | Some s, Some y ->
            Ok { Name = name.Trim(); Dept = dept; Salary = float s; Start = y }
        | None, _ -> Error $"bad salary '{salary}' in '{line}'"
        | _, None -> Error $"bad year '{start}' in '{line}'"
    | parts -> Error (sprintf "expected 4 fields, got %d: %A" parts.Length line)

let lines =
    input.Split('\n')
    |> Array.map (fun l -> l.Trim())
    |> Array.filter (fun l -> l <> "")

let results = lines |> Array.skip 1 |> Array.map parseLine |> Array.toList
let good = results |> List.choose (function Ok e -> Some e | Error _ -> None)
let bad = results |> List.choose (function Error e -> Some e | Ok _ -> None)

printfn "%d good, %d bad" good.Length bad.Length
for b in bad do printfn "  ! %s" b

let byDept =
    good
    |> List.groupBy (fun e -> e.Dept)
    |> List.map (fun (d, es) ->
        {| Dept = d
           Count = es.Length
           Avg = es |> List.averageBy (fun e -> e.Salary)
           Max = (es |> List.maxBy (fun e -> e.Salary)).Name |})
    |> List.sortBy (fun x -> x.Dept)

printfn "%-12s|%5s|%10s|%s" "Dept" "N" "Average" "Top"
printfn "%s" (String.replicate 34 "-")
for d in byDept do
    printfn "%-12s|%5d|%10.2f|%s" d.Dept d.Count d.Avg d.Max

let total = good |> List.sumBy (fun e -> e.Salary)
printfn "Total: %.1f; mean %.3f" total (total / float good.Length)
printfn $"Oldest: {(good |> List.minBy (fun e -> e.Start)).Name}, {2024 - (good |> List.map (fun e -> e.Start) |> List.min)} years"

let raise' pct e = { e with Salary = e.Salary * (1.0 + pct / 100.0) }
let raised = good |> List.map (fun e -> match e.Dept with "Sales" -> raise' 10.0 e | _ when e.Start < 2018 -> raise' 5.0 e | _ -> e)
List.iter2 (fun a b -> if a <> b then printfn "%s: %g -> %g" a.Name a.Salary b.Salary) good raised

let rec bar n = if n <= 0 then "" else "#" + bar (n - 1)
good |> List.iter (fun { Name = n; Salary = s } -> printfn "%5s %s" n (bar (int s / 500)))

let (|Senior|Junior|) e = if e.Start < 2019 then Senior (2024 - e.Start) else Junior
good
|> List.map (function
    | Senior years & { Name = n } -> sprintf "%s(%d)" n years
    | { Name = n } -> n)
|> String.concat "; "
|> printfn "[%s]"

let lookup = good |> List.map (fun e -> e.Name, e) |> Map.ofList
let describe name =
    lookup
    |> Map.tryFind name
    |> Option.map (fun e -> $"{e.Name} earns {e.Salary}")
    |> Option.defaultValue $"no {name}"
printfn "%s / %s" (describe "Bob") (describe "Zed")
printfn "%A" (lookup |> Map.toSeq |> Seq.map fst |> Seq.toArray)
let histogram = good |> Seq.countBy (fun e -> e.Start / 5 * 5) |> Seq.sort |> Seq.toList
printfn "%A" histogram
let pivot =
    [ for d in good |> List.map (fun e -> e.Dept) |> List.distinct |> List.sort do
        for y in [ 2015; 2020 ] do
            let n = good |> List.filter (fun e -> e.Dept = d && e.Start >= y && e.Start < y + 5) |> List.length
            if n > 0 then yield d, y, n ]
for (d, y, n) in pivot do printfn "%s %d: %d" d y n
