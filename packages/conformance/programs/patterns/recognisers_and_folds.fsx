// active patterns, recursion schemes, nested modules
let (|Even|Odd|) n = if n % 2 = 0 then Even else Odd
let (|Positive|_|) n = if n > 0 then Some n else None
let (|DivBy|_|) d n = if n % d = 0 then Some (n / d) else None
let (|Between|_|) lo hi x = if x >= lo && x <= hi then Some () else None
let (|Words|) (s: string) = s.Split ' ' |> Array.toList
let (|Int|_|) (s: string) =
    match (if s = "1" then true, 1 else false, 0) with
    | true, n -> Some n
    | _ -> None
let kind n =
    match n with
    | DivBy 15 q -> sprintf "fizzbuzz %d" q
    | DivBy 3 _ -> "fizz"
    | DivBy 5 _ -> "buzz"
    | Positive p & Even -> sprintf "even %d" p
    | Odd -> "odd"
    | _ -> "rest"
for n in [30; 9; 10; 4; 7; -2] do printfn "%s" (kind n)
let greet (Words ws) = match ws with [] -> "" | first :: _ -> first
printfn "%s" (greet "hello big world")
let size x =
    match x with
    | Between 0 9 -> "digit"
    | Between 10 99 -> "two"
    | _ -> "more"
printfn "%s %s %s" (size 5) (size 50) (size 500)

type Expr =
    | Num of int
    | Var of string
    | Add of Expr * Expr
    | Mul of Expr * Expr
    | Let of string * Expr * Expr

let rec eval env expr =
    match expr with
    | Num n -> n
    | Var v -> Map.find v env
    | Add (a, b) -> eval env a + eval env b
    | Mul (a, b) -> eval env a * eval env b
    | Let (v, e, body) -> eval (Map.add v (eval env e) env) body

let rec simplify = function
    | Add (Num 0, e) | Add (e, Num 0) -> simplify e
    | Mul (Num 1, e) | Mul (e, Num 1) -> simplify e
    | Mul (Num 0, _) | Mul (_, Num 0) -> Num 0
    | Add (a, b) -> Add (simplify a, simplify b)
    | Mul (a, b) -> Mul (simplify a, simplify b)
    | Let (v, e, b) -> Let (v, simplify e, simplify b)
    | e -> e

let rec show e =
    match e with
    | Num n when n < 0 -> sprintf "(%d)" n
    | Num n -> string n
    | Var v -> v
    | Add (a, b) -> sprintf "(%s + %s)" (show a) (show b)
    | Mul (a, b) -> sprintf "%s * %s" (show a) (show b)
    | Let (v, e, b) -> sprintf "let %s = %s in %s" v (show e) (show b)

let e = Let ("x", Add (Num 2, Num 3), Mul (Var "x", Add (Var "x", Num 0)))
printfn "%d" (eval Map.empty e)
printfn "%s" (show e)
printfn "%s" (show (simplify e))
printfn "%A" (simplify (Add (Num 0, Mul (Num 1, Var "y"))))
printfn "%A" e

let rec cata fNum fVar fAdd fMul fLet e =
    let recurse = cata fNum fVar fAdd fMul fLet
    match e with
    | Num n -> fNum n
    | Var v -> fVar v
    | Add (a, b) -> fAdd (recurse a) (recurse b)
    | Mul (a, b) -> fMul (recurse a) (recurse b)
    | Let (v, e, b) -> fLet v (recurse e) (recurse b)
printfn "%d" (cata (fun _ -> 1) (fun _ -> 1) (+) (+) (fun _ a b -> 1 + a + b) e)

module Geometry =
    let private square x = x * x
    module Circle =
        let area r = Math.pi * square r
        let name = "circle"
    module Rect =
        let area w h = w * h
    let distance (x1, y1) (x2, y2) = sqrt (square (x2 - x1) + square (y2 - y1))
    [<Literal>]
    let Answer = 42

printfn "%.3f" (Geometry.Circle.area 2.0)
printfn "%f" (Geometry.distance (0.0, 0.0) (3.0, 4.0))
open Geometry
printfn "%d %s" (Rect.area 3 4) Circle.name
let check n =
    match n with
    | Answer -> "the answer"
    | _ -> "no"
printfn "%s %s" (check 42) (check 41)

let rec hanoi n a b c =
    if n = 0 then 0
    else hanoi (n - 1) a c b + 1 + hanoi (n - 1) c b a
printfn "%d" (hanoi 10 "a" "b" "c")
let rec ackermann m n =
    match m, n with
    | 0, n -> n + 1
    | m, 0 -> ackermann (m - 1) 1
    | m, n -> ackermann (m - 1) (ackermann m (n - 1))
printfn "%d" (ackermann 2 3)
let fact n =
    let rec loop acc = function
        | 0 | 1 -> acc
        | k -> loop (acc * k) (k - 1)
    loop 1 n
printfn "%d" (fact 20)
let x = 1
let x2 =
    let x = x + 1
    let x = x * 10
    x
printfn "%d %d" x x2
let (a, (b, c)), d, e2 = (1, (2, 3)), 4, 5
printfn "%d %d %d %d %d" a b c d e2
match [1; 2; 3; 4] with
| [] -> printfn "empty"
| [x] -> printfn "one %d" x
| x :: y :: rest when x < y -> printfn "%d %d %A" x y rest
| _ -> printfn "other"
match [|1; 2|], 1 with
| [|a; b|], 1 -> printfn "%d" (a + b)
| _ -> ()
