let s = "Hello, World"
printfn "%d %c %s" s.Length s.[4] s.[7..]
printfn "%s|%s|%s" s.[..4] s.[2..5] (s.Substring(7, 3))
printfn "%s %s" (s.ToUpper()) (s.ToLower())
printfn "%b %b %b" (s.Contains "World") (s.StartsWith "Hell") (s.EndsWith("x"))
printfn "%d %d" (s.IndexOf "o") (s.LastIndexOf 'o')
printfn "%s" (s.Replace("l", "L"))
printfn "%A" (s.Split(','))
printfn "%A" ("a,b;c".Split([| ','; ';' |]))
printfn "%A" ("  trim me ".Trim())
printfn "[%s] [%s]" ("xxaxx".Trim('x')) ("abc".TrimStart('a'))
printfn "[%s] [%s]" ("7".PadLeft(3, '0')) ("ab".PadRight(5))
printfn "%s" ("abc".Insert(1, "--"))
printfn "%s" ("abcdef".Remove(2, 3))
printfn "%A" ("abc".ToCharArray())
printfn "%s" (String.replicate 3 "ab")
printfn "%s" (String.concat ", " [ "a"; "b"; "c" ])
printfn "%s" (String.map System.Char.ToUpper "abc")
printfn "%s" (String.filter System.Char.IsLetter "a1b2")
printfn "%b %b" (String.exists ((=) 'b') "abc") (String.forall System.Char.IsDigit "123")
printfn "%s" (String.collect (fun c -> string c + string c) "abc")
printfn "%d" (String.length "four")
printfn "%s" (String.init 4 (fun i -> string (i * i)))
printfn "%A" (Seq.toList "abc")
let reversed = "stressed" |> Seq.rev |> Seq.map string |> String.concat ""
printfn "%s" reversed
let isPalindrome (text: string) =
    let clean = text.ToLower() |> String.filter System.Char.IsLetterOrDigit
    clean = (clean |> Seq.rev |> Seq.map string |> String.concat "")
printfn "%b %b" (isPalindrome "A man, a plan, a canal: Panama") (isPalindrome "nope")
let wordFreq (text: string) =
    text.Split [| ' ' |]
    |> Array.map (fun w -> w.Trim([| '.'; ',' |]).ToLower())
    |> Array.filter (fun w -> w <> "")
    |> Array.countBy id
    |> Array.sortBy (fun (w, n) -> -n, w)
for (w, n) in wordFreq "the cat and the dog. The end, and more" do
    printfn "%-5s%d" w n
let caesar n (text: string) =
    text
    |> String.map (fun c ->
        if System.Char.IsUpper c then char ((int c - int 'A' + n) % 26 + int 'A')
        elif c >= 'a' && c <= 'z' then char ((int c - int 'a' + n + 26) % 26 + int 'a')
        else c)
printfn "%s %s" (caesar 3 "Hello, xyz!") (caesar -3 (caesar 3 "abc"))
printfn "%s" """triple "quoted" \n stays"""
printfn "%s" @"C:\path\n"
printfn "tab\there \"quote\" \\ \u0041 \065"
let multi = "line one
line two"
printfn "%d" multi.Length
printfn "%s" "joined \
              line"
printfn "%s" ("a" + "b" + string 1 + string 2.5 + string 'c')
printfn "%A" (compare "apple" "Apple" > 0)
printfn "%A" ("b" > "a", "a" = "a", "abc" < "abd")
printfn "%s" (sprintf "%s has %d items costing %.2f" "cart" 3 9.99)
let chars = [| for c in "hello" -> System.Char.ToUpper c |]
