let inline f x = x
let private g x : int = x
let mutable m = 1
let mutable a, b = 1, 2
let f<'a> (x: 'a) = x
let (>=>) f g x = g (f x)
let (~~) x = x
let (|Even|Odd|) n = if n % 2 = 0 then Even else Odd
let (|Int|_|) s = None
let (|Div|_|) d n = Some ()
let rec even n = n = 0 || odd (n - 1)
and odd n = n <> 0 && even (n - 1)
let x = 1 in x + 1 |> f
use file = openFile ()
[<Literal>]
let Pi = 3
let typed: Map<string, list<int>> = Map.empty
let h (g: ('a -> 'b) -> Map<'a, 'b * int>[]) (x: _) (y: #seq<int>) : {| A: int; B: string |} = ()
let a = 1 in
let b = 2 in
a + b
