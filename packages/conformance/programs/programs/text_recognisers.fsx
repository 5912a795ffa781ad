// active patterns & strings
let (|Int|_|) (s: string) =
    let ok = s <> "" && s |> Seq.forall (fun c -> Char.IsDigit c)
    if ok then Some (int s) else None
let (|Prefix|_|) (p: string) (s: string) = if s.StartsWith p then Some (s.Substring p.Length) else None
let (|Even|Odd|) n = if n % 2 = 0 then Even else Odd
let (|Split|) (sep: char) (s: string) = s.Split sep |> Array.toList
let (|Trimmed|) (s: string) = s.Trim()
let (|Between|_|) lo hi x = if x >= lo && x <= hi then Some () else None
let classify s =
    match s with
    | Int n & Int (Even) -> sprintf "even %d" n
    | Int n -> sprintf "odd %d" n
    | Prefix "cmd:" (Trimmed rest) -> sprintf "command <%s>" rest
    | Split ',' [ a; b ] -> sprintf "pair %s and %s" a b
    | Split ',' (first :: _ :: _ as all) -> sprintf "%d parts from %s" all.Length first
    | "" -> "empty"
    | s -> "text " + s.ToUpper()
[ "12"; "7"; "cmd: go "; "a,b"; "x,y,z"; ""; "hello" ] |> List.iter (classify >> printfn "%s")
let grade n =
    match n with
    | Between 90 100 -> 'A'
    | Between 80 89 -> 'B'
    | Between 0 79 -> 'C'
    | _ -> '?'
printfn "%A" ([ 95; 85; 12; -1 ] |> List.map grade)
let caesar k s =
    s |> String.map (fun c ->
        if c >= 'a' && c <= 'z' then char ((int c - int 'a' + k + 26) % 26 + int 'a')
        elif c >= 'A' && c <= 'Z' then char ((int c - int 'A' + k + 26) % 26 + int 'A')
        else c)
printfn "%s / %s" (caesar 3 "Hello, World!") (caesar 3 "Hello, World!" |> caesar -3)
let words = "the quick brown fox jumps over the lazy dog the end".Split([| ' ' |])
let freq =
    words
    |> Seq.countBy id
    |> Seq.sortBy (fun (w, n) -> -n, w)
    |> Seq.truncate 3
for w, n in freq do printfn "%-6s %d" w n
let isPalindrome (s: string) =
    let cs = s.ToLower() |> Seq.filter Char.IsLetter |> Seq.toArray
    cs = Array.rev cs
printfn "%b %b" (isPalindrome "A man, a plan, a canal: Panama") (isPalindrome "nope")
let rle (s: string) =
    let rec go cs acc =
        match cs, acc with
        | [], _ -> List.rev acc
        | c :: rest, (c', n) :: acc' when c = c' -> go rest ((c, n + 1) :: acc')
        | c :: rest, _ -> go rest ((c, 1) :: acc)
    go (List.ofSeq s) []
printfn "%A" (rle "aaabccd")
printfn "%s" (rle "aaabccd" |> List.map (fun (c, n) -> $"{n}{c}") |> String.concat "")
let title (s: string) = s.Split ' ' |> Array.map (fun w -> string (Char.ToUpper w.[0]) + w.[1..]) |> String.concat " "
printfn "%s" (title "the lord of the rings")
printfn "%s" ("abc" |> Seq.rev |> Seq.map string |> String.concat "-")
printfn "%A" ("a=1;b=2;c=3".Split ';' |> Array.map (fun kv -> match kv.Split '=' with [| k; v |] -> k, int v | _ -> failwith "bad"))
printfn "%s|%s|%s" ("42".PadLeft(6, '0')) ("x".PadRight 4) ("  trim ".Trim())
printfn "%d %d" ("hello".IndexOf "l") ("hello".LastIndexOf 'l')
printfn "%s" ("hello world".Replace("o", "0"))
printfn "%b %b" ("hello".Contains "ell") ("hello".EndsWith "lo")
printfn "%A" [ for c in "abc" -> int c ]
