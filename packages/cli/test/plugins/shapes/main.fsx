/// A place in the plane.
type Point = { x: float; y: float; ``odd label``: string option }

type Shape =
    | Circle of center: Point * radius: float
    | Polygon of Point list
    | Nothing

type Tree<'a> =
    | Leaf
    | Node of Tree<'a> * 'a * Tree<'a>

type Box<'a> = { value: 'a; spare: 'a option }

// A name that means something else outside.
type Promise = { name: string }

module Inner =
    type Shape = { kind: char }

/// Makes a shape larger.
/// Never smaller: see the text between /* and */ for why.
let grow (shape: Shape) (factor: float) : Shape =
    match shape with
    | Circle (center, radius) -> Circle (center, radius * factor)
    | other -> other

let describe (shape: Inner.Shape) : string = string shape.kind
let find (key: string) (all: Map<string, int>) : int option = Map.tryFind key all
let safe (a: int) (b: int) : Result<int, string> = if b = 0 then Error "zero" else Ok (a / b)
let nested (n: int) : int option option = if n > 0 then Some None else None
let identity value = value
let firsts (list: 'a list) : 'a option = List.tryHead list
let twice f x = f (f x)
let index (words: string list) : Map<string, Set<int>> = Map.ofList (words |> List.map (fun w -> w, Set.ofList [ 1 ]))
let words (text: string) : string array = [| text |]
let sum a b = a + b
let pair (class': int, ``new``: bool) : bool * int = ``new``, class'
let later (n: int) = fun (m: int) (k: bool) -> n + m
let keep (promise: Promise) : Promise = promise
let box (value: int) : Box<int> = { value = value; spare = None }
let rec depth (tree: Tree<int>) : int =
    match tree with
    | Leaf -> 0
    | Node (left, _, right) -> 1 + max (depth left) (depth right)
let job (n: int) : Async<int> = async { return n }
let tick () : unit = printfn "tick"
let odd (``type``: int) (_: string) (class': int) (class_: int) = ``type`` + class'
let apply (fs: (int -> string) list) (other: {| id: int; ``a b``: bool |}) : string list = fs |> List.map (fun f -> f other.id)
let fail (e: exn) : string = e.Message
let named (callback: int -> bool -> unit) : seq<float> = seq { yield 1.0 }
let anything (value: any) : any = value
