type Pair<'a> = 'a * 'a
type Op = int -> int -> int
type Env = Map<string, Value>
and Value =
    | VInt of int
    | VFun of (Value -> Value)
    | VList of Value list
let swap ((a, b): Pair<'x>) : Pair<'x> = (b, a)
let p = swap (1, 2)
printfn "%d" (fst p)
let rec show = function
    | VInt n -> string n
    | VFun _ -> "fun"
    | VList vs -> "[" + (vs |> List.map show |> String.concat ",") + "]"
let env : Env = Map.ofList [ "inc", VFun (function VInt n -> VInt (n + 1) | v -> v); "l", VList [ VInt 1; VInt 2 ] ]
match env.["inc"], env.["l"] with
| VFun f, VList (x :: _) -> printfn "%s" (show (f x))
| _ -> ()
printfn "%s" (show (VList [ env.["inc"]; env.["l"] ]))
let op: Op = (+)
printfn "%d" (op 1 2)
