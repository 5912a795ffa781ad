let (|Int|_|) (s: string) = try Some (int s) with _ -> None
let (|Split|) (sep: char) (s: string) = s.Split(sep) |> List.ofArray
let (|Between|_|) lo hi x = if x >= lo && x <= hi then Some () else None
let classify s =
    match s with
    | Int n when n > 100 -> "big"
    | Int (Between 1 10) -> "small"
    | Int _ -> "mid"
    | Split ',' [a; b] -> a + "+" + b
    | _ -> "other"
["5"; "50"; "500"; "a,b"; "zz"] |> List.map classify |> String.concat " " |> printfn "%s"
let (|Pos|Neg|Zero|) x = if x > 0 then Pos x elif x < 0 then Neg (-x) else Zero
let d = function Pos n -> sprintf "+%d" n | Neg n -> sprintf "-%d" n | Zero -> "0"
printfn "%s" ([3; -4; 0] |> List.map d |> String.concat ",")
let (|Rev|) xs = List.rev xs
let (Rev r) = [1; 2; 3]
printfn "%A" r
let isEven (n: int) = match n with | x when x % 2 = 0 -> true | _ -> false
let (|Fst|) (a, _) = a
match (1, 2) with Fst n -> printfn "%d" n
match [1; 2; 3] with
| Rev (x :: _) & y :: _ -> printfn "%d %d" x y
| _ -> ()
match (3, "x") with
| (1 | 2 | 3 as n), ("x" | "y") -> printfn "or %d" n
| _ -> printfn "none"
match box 3 with
| :? int as i -> printfn "int %d" i
| :? string as s -> printfn "str %s" s
| _ -> printfn "?"
