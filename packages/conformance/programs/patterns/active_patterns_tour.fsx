let (|Even|Odd|) n = if n % 2 = 0 then Even else Odd
let (|DivisibleBy|_|) d n = if n % d = 0 then Some(n / d) else None
let (|Between|_|) lo hi n = if n >= lo && n <= hi then Some() else None
let (|Int|_|) (s: string) = String.toInt s
let (|Prefix|_|) (p: string) (s: string) = if s.StartsWith p then Some(s.Substring p.Length) else None
let (|Words|) (s: string) = s.Split ' ' |> List.ofArray
let (|Upper|Lower|Neither|) (s: string) =
    if s = "" then Neither
    elif s = s.ToUpper() then Upper s
    elif s = s.ToLower() then Lower s
    else Neither
let (|Head|_|) = function x :: _ -> Some x | [] -> None

let parity = function Even -> "even" | Odd -> "odd"
printfn "%s %s" (parity 3) (parity 4)
let fizz n =
    match n with
    | DivisibleBy 15 _ -> "FizzBuzz"
    | DivisibleBy 3 _ -> "Fizz"
    | DivisibleBy 5 k -> sprintf "Buzz%d" k
    | n -> string n
printfn "%s" ([ 1..15 ] |> List.map fizz |> String.concat " ")
let grade = function
    | Between 90 100 -> 'A'
    | Between 80 89 -> 'B'
    | _ -> 'F'
printfn "%A" (List.map grade [ 95; 85; 10 ])
let command text =
    match text with
    | Words [ "add"; Int a; Int b ] -> sprintf "%d" (a + b)
    | Words("echo" :: rest) -> String.concat " " rest
    | Prefix "say " (Prefix "hello " name) -> "greet " + name
    | Prefix "say " what -> "say:" + what
    | Upper s -> "LOUD " + s
    | Lower s -> "quiet " + s
    | Neither -> "?"
printfn "%A" (List.map command [ "add 1 2"; "echo a b"; "say hello bob"; "say bye"; "ABC"; "abc"; "aBc" ])
let rec collapse = function
    | Head x & (_ :: rest) when x > 0 -> x :: collapse rest
    | _ :: rest -> collapse rest
    | [] -> []
printfn "%A" (collapse [ 1; -2; 3 ])
let (|RGB|) (hex: int) = (hex >>> 16) &&& 255, (hex >>> 8) &&& 255, hex &&& 255
let (RGB(r, g, b)) = 0xFF8000
printfn "%d %d %d" r g b
let sum (RGB(r, g, b)) = r + g + b
printfn "%d" (sum 0x010203)
let (|Parsed|_|) f s = try Some(f s) with _ -> None
match "12" with
| Parsed int n -> printfn "parsed %d" n
| _ -> printfn "no"
match "x" with
| Parsed int n -> printfn "parsed %d" n
| _ -> printfn "no"
