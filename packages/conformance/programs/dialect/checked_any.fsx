// What is inside a value of type `any` is checked when the value is taken as another type.
type Customer = { name: string; city: string }
type Order = { id: int; paid: bool; customer: Customer; weights: float array }

let attempt name (work: unit -> string) =
    try
        printfn "%s: %s" name (work ())
    with e -> printfn "%s: %s" name e.Message

let text = """[{"paid": true, "id": 7, "customer": {"city": "Rome", "name": "Ada"}, "weights": [1, 2.5]}]"""

attempt "records" (fun () ->
    let orders: Order array = Json.parse text
    let first = orders.[0]
    sprintf "%d %b %s %.1f" first.id first.paid first.customer.city (Array.sum first.weights))

attempt "missing label" (fun () ->
    let orders: Order array = Json.parse """[{"id": 7}]"""
    string orders.Length)

attempt "wrong field" (fun () ->
    let orders: Order array = Json.parse (text.Replace("7", "\"seven\""))
    string orders.Length)

attempt "ints" (fun () ->
    let numbers: int array = Json.parse """[1, "two"]"""
    string (Array.sum numbers))

attempt "list" (fun () ->
    let mixed: any list = [ 1; "two" ]
    let numbers: int list = mixed
    string (List.sum numbers))

attempt "good list" (fun () ->
    let mixed: any list = [ 1; 2 ]
    let numbers: int list = mixed
    string (List.sum numbers))

attempt "floats" (fun () ->
    let mixed: any list = [ 1.5; 2.0 ]
    let numbers: float list = mixed
    sprintf "%.2f" (List.sum numbers))

attempt "function" (fun () ->
    let shout: any = fun (text: string) -> text + "!"
    let apply (f: int -> int) = f 1
    string (apply shout))

attempt "good function" (fun () ->
    let add: any = fun (a: int) (b: int) -> a + b
    let apply (f: int -> int -> int) = f 1 2
    string (apply add))

type Tree<'a> =
    | Leaf
    | Node of Tree<'a> * 'a * Tree<'a>

let rec sum tree =
    match tree with
    | Leaf -> 0
    | Node(left, value, right) -> sum left + value + sum right

attempt "generic union" (fun () ->
    let tree: any = Node(Leaf, "x", Leaf)
    string (sum tree))

attempt "good generic union" (fun () ->
    let tree: any = Node(Node(Leaf, 1, Leaf), 2, Leaf)
    string (sum tree))

let rec chain n tree = if n = 0 then tree else chain (n - 1) (Node(tree, 1, Leaf))

let count (value: any) =
    match value with
    | :? (int list) as numbers -> sprintf "%d ints" numbers.Length
    | :? (string list) as words -> sprintf "%d words" words.Length
    | _ -> "something else"

printfn "%s, %s, %s" (count (box [ 1; 2 ])) (count (box [ "a" ])) (count (box 3))

attempt "a deep one" (fun () ->
    let tree: any = chain 5000 Leaf
    let ints: Tree<int> = tree
    match ints with
    | Leaf -> "leaf"
    | Node(_, value, _) -> string value)
