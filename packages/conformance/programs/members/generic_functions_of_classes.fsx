// A function that a class binds with `let` serves every type that its members use it at.
type Tools(prefix: string) =
    let mutable lines = []
    let mutable calls = 0
    let note text = lines <- (prefix + text) :: lines
    let id x = x
    let pair a b = (a, b)
    let same a b =
        calls <- calls + 1
        a = b
    let largest xs = List.fold max (List.head xs) xs
    let rec count p =
        function
        | [] -> 0
        | x :: rest -> (if p x then 1 else 0) + count p rest
    let twice f x = f (f x)
    let sum a b = a + b
    member _.Note text = note text
    member _.Lines =
        note "asked"
        List.rev lines
    member _.Pairs = pair 1 "x", pair "y" true, pair (id [ 1 ]) (id None: int option)
    member _.Same = same 1 1, same "a" "b", same [ 1 ] [ 1 ], same (1, "x") (1, "x"), same nan nan, same 'a' 'b'
    member _.Largest = largest [ 1; 3; 2 ], largest [ "b"; "a" ], largest [ 1.5; 0.5 ]
    member _.Count = count (fun n -> n > 1) [ 1; 2; 3 ], count (fun (s: string) -> s.Length > 1) [ "a"; "bb" ]
    member _.Twice = twice ((+) 1) 5, twice (fun s -> s + "!") "a", twice (fun x -> x * 0.5) 1.0
    member _.Math = id 3 + 4, id 2.5 * 2.0, id "a" + "b", (id 7L <<< 2), -(id 5), id 3 < id 4, string (id 2.5)
    member _.Sum = sum 1 2
    member _.Calls = calls

let tools = Tools("> ")
tools.Note "first"
printfn "%A" tools.Lines
printfn "%A" tools.Pairs
printfn "%A %d" tools.Same tools.Calls
printfn "%A" tools.Largest
printfn "%A" tools.Count
printfn "%A" tools.Twice
printfn "%A" tools.Math
printfn "%d" tools.Sum

type Stack<'a>(start: 'a list) =
    let mutable items = start
    let wrap x = [ x ]
    let push x = items <- x :: items
    member _.Push x = push x
    member _.Wrapped = wrap 1, wrap "a", wrap items
    member _.Items = items

let floats = Stack([ 1.5 ])
floats.Push 2.0
let words = Stack([ "x" ])
words.Push "y"
printfn "%A %A" floats.Wrapped words.Wrapped
printfn "%.1f %s" (List.sum floats.Items) (String.concat "" words.Items)
