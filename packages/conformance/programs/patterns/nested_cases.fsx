let f = function
    | [ a; b ] when a = b -> "twins"
    | [ _; _ ] -> "pair"
    | [] | [ _ ] -> "short"
    | _ :: _ :: (_ :: _ as rest) -> "long " + string (List.length rest)
for l in [ [1; 1]; [1; 2]; [1]; [1; 2; 3; 4] ] do printfn "%s" (f l)
let g = function
    | (0, _) | (_, 0) -> "axis"
    | (x, y) when x = y -> "diag"
    | (x, y) & (a, _) -> sprintf "%d,%d,%d" x y a
for p in [ (0, 1); (2, 2); (1, 2) ] do printfn "%s" (g p)
let (|Big|Small|) n = if n > 10 then Big (n - 10) else Small
let h = function Some (Big d) -> d | Some Small -> -1 | None -> 0
printfn "%d %d %d" (h (Some 15)) (h (Some 5)) (h None)
type R = { A: int option; B: (int * string) list }
let k = function
    | { A = Some 1; B = (n, "x") :: _ } -> n
    | { A = None; B = [] } -> 100
    | { B = [ (n, _); (m, _) ] } -> n + m
    | _ -> -1
printfn "%d %d %d %d" (k { A = Some 1; B = [ (5, "x") ] }) (k { A = None; B = [] }) (k { A = Some 2; B = [ (1, "a"); (2, "b") ] }) (k { A = None; B = [ (1, "") ] })
let str = function "a" | "b" -> 1 | s when s.Length > 3 -> 2 | _ -> 3
printfn "%d %d %d" (str "b") (str "long") (str "z")
let chars = function 'a' | 'e' | 'i' | 'o' | 'u' -> true | _ -> false
printfn "%d" ("education" |> String.filter chars |> String.length)
let nested = function
    | Some (Ok (x :: _, y)) -> x + y
    | Some (Ok ([], y)) -> y
    | Some (Error e) -> String.length e
    | None -> 0
printfn "%d %d %d" (nested (Some (Ok ([ 1 ], 2)))) (nested (Some (Error "abc"))) (nested None)
