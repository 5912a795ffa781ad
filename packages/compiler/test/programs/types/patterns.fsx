let a (x, x) = x //! FUS0407 'x' is bound twice in this pattern
let b v = match v with (Some x, None) | (None, Some y) -> 1 | _ -> 2 //! FUS0406 Both sides of '|' must bind the same names
let c v = match v with (Some x, None) | (None, Some x) -> x + 0 | _ -> 2 //: int option * int option -> int
let d v = match v with (1, _) as whole -> whole | other -> other //: int * 'a -> int * 'a
let e v = match v with [ a; b ] & (x :: _) -> a + b + x | _ -> 0 //: int list -> int
let f (x: int) (y: string) = y //: int -> string -> string
[<Literal>]
let Limit = 10
let g v = match v with Limit -> "max" | _ -> "other" //: int -> string
let h v = match v with 1 -> 1 | "a" -> 2 | _ -> 3 //! FUS0301 Expected int, got string
let (|DivisibleBy|_|) d n = if n % d = 0 then Some (n / d) else None
let i n = match n with DivisibleBy 3 q -> q | DivisibleBy 5 _ -> 5 | _ -> n //: int -> int
let (|Trimmed|) (s: string) = s.Trim() //: string -> (|Trimmed|)<string>
let j (Trimmed s) = s //: string -> string
let k = function 0 -> "zero" | _ -> "more" //: int -> string
let l e = match e with :? DivideByZeroException -> 1 | Failure m -> 2 | _ -> 3 //: exn -> int
exception Custom of string * int
let m f = try f () with Custom (s, n) -> n | Failure s -> 0 //: (unit -> int) -> int
let n = raise (Custom ("a", 1)) + 1 //: int
let o = Custom "a" //! FUS0312 Case 'Custom' takes 2 fields, not 1
