let one = 1 //: int
let pi = 3.14 //: float
let name = "x" //: string
let letter = 'a' //: char
let nothing = () //: unit
let identity x = x //: 'a -> 'a
let constant x _ = x //: 'a -> 'b -> 'a
let compose2 f g x = f (g x) //: ('a -> 'b) -> ('c -> 'a) -> 'c -> 'b
let add x y = x + y //: 'a -> 'a -> 'a when 'a : (+)
let addInts = add 1 2 //: int
let addFloats = add 1.0 2.0 //: float
let addStrings = add "a" "b" //: string
let smaller x y = if x < y then x else y //: 'a -> 'a -> 'a when 'a : comparison
let same x y = x = y //: 'a -> 'a -> bool when 'a : equality
let increment = add 1 //: int -> int
let halve (x: float) = x / 2.0 //: float -> float
let converted = halve 3 //: float
let unit () = 3 //: unit -> int
let swap (a, b) = (b, a) //: 'a * 'b -> 'b * 'a
let rec factorial n = if n <= 1 then 1 else n * factorial (n - 1) //: int -> int
let fibonacci n = if n < 2 then n else fibonacci (n - 1) + fibonacci (n - 2) //: int -> int  //! FUS0421 'fibonacci' refers to itself; treated as `rec`
let rec isEven n = if n = 0 then true else isOdd (n - 1) //: int -> bool
and isOdd n = if n = 0 then false else isEven (n - 1) //: int -> bool
let pair = (1, "a") //: int * string
let first, second = pair
let useFirst = first //: int
let empties, identities = [], identity
let instantiated = (1 :: empties, "a" :: empties, identities 1, identities "a") //: int list * string list * int * string
let nested x =
    let inner y = (x, y)
    (inner 1, inner "a")
let useNested = nested true //: (bool * int) * (bool * string)
let mutable counter = 0 //: int
counter <- counter + 1
let shadow = 1
let shadow = string shadow //: string
let upward (x: 'k) (y: 'k) = [ x; y ] //: 'k -> 'k -> 'k list
let narrowed (x: 'k) = x + 1 //: int -> int  //! FUS0331 Type variable 'k is actually int
let cell = ref [] //: int list ref
cell.Value <- [ 1 ]
let later = ref None //! FUS0330 The type of 'later' stays open; `any` is used
let annotated: int list = [] //: int list
let piped = [ 1; 2 ] |> List.map (fun n -> n * 2) |> List.filter (fun n -> n > 2) //: int list
let composed = List.map string >> String.concat "," //: any list -> string  //! FUS0330 The type of 'composed' stays open; `any` is used
let both = (1, 2) ||> add //: int
let applied = string <| 5 //: string
let operators = List.fold (+) 0 [ 1; 2 ] //: int
let (|>>) f g = fun x -> g (f x) //: ('a -> 'b) -> ('b -> 'c) -> 'a -> 'c
let chained = (add 1 |>> string) 2 //: string
