type T = A of int | B of string * int | C
let f = function
    | A 0 -> "zero"
    | A n when n < 0 -> "neg"
    | A (1 | 2 | 3) -> "few"
    | A _ -> "many"
    | B ("x", _) -> "x"
    | B (s, n) as b when n > 10 -> sprintf "%A" b
    | B _ -> "b"
    | C -> "c"
[A 0; A -1; A 2; A 9; B ("x", 1); B ("y", 11); B ("z", 1); C] |> List.iter (f >> printf "%s ")
printfn ""
let g xs =
    match xs with
    | [| |] -> "none"
    | [| x |] -> sprintf "one %d" x
    | [| x; y |] when x = y -> "same"
    | [| _; y |] -> sprintf "snd %d" y
    | arr -> sprintf "len %d" arr.Length
[ [||]; [|1|]; [|2;2|]; [|2;3|]; [|1;2;3|] ] |> List.map g |> printfn "%A"
let h (x: obj) = match x with :? int -> 1 | _ -> 0
printfn "%d" (h (box "s"))
match "abc" with
| "abc" | "def" -> printfn "yes"
| _ -> printfn "no"
match 'x' with
| 'a' -> printfn "a"
| c when c >= 'a' && c <= 'z' -> printfn "lower"
| _ -> printfn "other"
match 1.5 with
| 1.5 -> printfn "1.5"
| _ -> printfn "no"
match -5 with
| -5 -> printfn "m5"
| _ -> ()
match Some (Some 3), None with
| Some (Some x), Some y -> printfn "%d %d" x y
| Some (Some x), None -> printfn "%d none" x
| _, _ -> ()
let [<Literal>] Max = 10
match 10 with
| Max -> printfn "max"
| _ -> printfn "nomax"
match () with () -> printfn "unit"
let rec last = function [] -> failwith "e" | [x] -> x | _ :: t -> last t
printfn "%d" (last [1;2;3])
let swap = fun (a, b) -> (b, a)
printfn "%A" (swap (1, "a"))
match (1, (2, [3; 4])) with
| a, (b, c :: d :: []) -> printfn "%d" (a + b + c + d)
| _ -> ()
match {| A = 1; B = 2 |} with
| {| A = 1; B = b |} -> printfn "b %d" b
| _ -> ()
