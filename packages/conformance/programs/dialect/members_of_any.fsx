let x : any = Json.parse "{\"tags\": [1,2,3], \"name\": \"bob\"}"
printfn "%A" (x.tags.Length)
printfn "%A" (x.name.ToUpper())
printfn "%A" (x.name.Length)
let s : any = box "abc"
printfn "%s" (s.ToUpper())
printfn "%A" (s.Contains "b")
let l : any = box [1;2;3]
printfn "%A" l.Head
printfn "%A" l.IsEmpty
let o : any = box (Some 3)
printfn "%A" o.Value
printfn "%A" o.IsSome
let m : any = box (Map.ofList ["a", 1; "b", 2])
printfn "%A %A" m.Count (m.ContainsKey "a")
let st : any = box (Set.ofList [1; 2])
printfn "%A %A %A" st.Count (st.Contains 2) (st.Contains(3))
printfn "%A" (s.Split('b'))
printfn "%A" (s.Substring(1).Length)
printfn "%A" (s.Substring(1, 1))
let r : any = box {| Length = 42 |}
printfn "%A" r.Length
let describe (x: any) = x.ToString() + " " + string x.Length
printfn "%s" (describe (box "four"))
printfn "%s" (describe (box [1; 2]))
try printfn "%A" (box 3).Length with e -> printfn "%s" e.Message
try printfn "%A" ((box 3).ToUpper()) with e -> printfn "%s" e.Message
try failwith "boom" with e -> printfn "%A" (box e).Message
try
    printfn "%d" (s :?> int)
with
| :? InvalidCastException as e -> printfn "%s" e.Message
