type Pair<'a, 'b> = { First: 'a; Second: 'b }
let swap p = { First = p.Second; Second = p.First }
printfn "%A" (swap { First = 1; Second = "x" })
type Box<'T> = Box of 'T
    with member b.Value = (let (Box v) = b in v)
printfn "%d %s" (Box 3).Value (Box "s").Value
let inline add a b = a + b
printfn "%d %f %s" (add 1 2) (add 1.5 2.0) (add "a" "b")
type Result2<'ok, 'err> =
    | Good of 'ok
    | Bad of 'err
let map f r = match r with Good x -> Good (f x) | Bad e -> Bad e
let g : Result2<int, string> = Good 3
printfn "%A" (map (fun x -> x + 1) g)
printfn "%A" (map string (Bad "e"))
let id2 (x: 'a) : 'a = x
printfn "%d %s" (id2 3) (id2 "x")
let pairUp (x: 'a) (y: 'b) : 'a * 'b = x, y
printfn "%A" (pairUp 1 "a")
type Alias = int list
let al : Alias = [1; 2]
printfn "%A" al
type F = int -> int -> int
let ff : F = fun a b -> a + b
printfn "%d" (ff 1 2)
type LinkedList<'a> =
    | Empty
    | Cons of head: 'a * tail: LinkedList<'a>
let rec fromList = function [] -> Empty | x :: xs -> Cons (x, fromList xs)
let rec len = function Empty -> 0 | Cons (_, t) -> 1 + len t
printfn "%d" (len (fromList ["a"; "b"]))
printfn "%A" (fromList [1; 2])
let emptyList : int list = []
printfn "%A" emptyList
let opt : string option = None
printfn "%A" opt
let tryParse (s: string) : int option = try Some (int s) with _ -> None
printfn "%A %A" (tryParse "12") (tryParse "zz")
let arr : float[] = [| 1.0 |]
printfn "%A" arr
let nested : (int * string) list list = [[(1, "a")]]
printfn "%A" nested
let f1 : (int -> int) list = [ (fun x -> x + 1); abs ]
printfn "%A" (List.map (fun f -> f -5) f1)
type Rec1 = { Run: int -> int; Tag: string option }
let rr = { Run = (fun x -> x * 2); Tag = None }
printfn "%d" (rr.Run 4)
type Op = Plus | Minus
    with
        member x.Apply (a, b) = match x with Plus -> a + b | Minus -> a - b
        static member Parse s = match s with "+" -> Some Plus | "-" -> Some Minus | _ -> None
printfn "%A" (Op.Parse "+" |> Option.map (fun o -> o.Apply(3, 4)))
