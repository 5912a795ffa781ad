// text wrapping, justification, word stats
let text = "the quick brown fox jumps over the lazy dog and then the fox sleeps while the dog watches the stars"
let wrap width (text: string) =
    let folder (lines, current) (word: string) =
        match current with
        | "" -> lines, word
        | c when c.Length + 1 + word.Length <= width -> lines, c + " " + word
        | c -> c :: lines, word
    let lines, last = text.Split(' ') |> Array.fold folder ([], "")
    List.rev (last :: lines)
let lines = wrap 24 text
lines |> List.iter (fun l -> printfn "|%-24s|" l)
lines |> List.iter (printfn "|%24s|")
let freq =
    text.Split ' '
    |> Array.countBy id
    |> Array.sortWith (fun (a, n) (b, m) -> if n <> m then compare m n else compare a b)
    |> Array.truncate 4
for w, n in freq do printfn "%-6s %2d %s" w n (String.replicate n "*")
let longest = text.Split(' ') |> Array.maxBy String.length
printfn "%s %d" longest (text |> String.filter ((<>) ' ') |> String.length)
let caesar n = String.map (fun c -> if c = ' ' then c else char ((int c - int 'a' + n + 26) % 26 + int 'a'))
printfn "%s" (caesar 3 "the fox")
printfn "%s" (caesar 3 "the fox" |> caesar -3)
let isPalindrome (s: string) =
    let clean = s.ToLower() |> String.filter System.Char.IsLetter
    clean = (clean.ToCharArray() |> Array.rev |> Array.map string |> String.concat "")
printfn "%b %b" (isPalindrome "A man, a plan, a canal: Panama") (isPalindrome "nope")
