type Shape =
    | Circle of float
    | Rect of float * float
    | Dot
let a s = match s with Circle _ -> 1 | Dot -> 2 //! FUS0401 This match does not cover, for example, Rect (_, _)
let b s = match s with Circle _ -> 1 | _ -> 2
let c o = match o with Some (Some x) -> x | None -> 0 //! FUS0401 This match does not cover, for example, Some None
let d l = match l with [] -> 0 | [ x ] -> x //! FUS0401 This match does not cover, for example, _ :: _ :: _
let e l = match l with [] -> 0 | x :: _ -> x
let f n = match n with 0 -> "a" | 1 -> "b" //! FUS0401 This match does not cover, for example, 2
let g x y = match x, y with true, _ -> 1 | _, true -> 2 //! FUS0401 This match does not cover, for example, (false, false)
let h n = match n with m when m > 0 -> 1 //! FUS0401 This match does not cover, for example, _
let i n =
    match n with
    | 0 -> 1
    | _ -> 2
    | 5 -> 3 //! FUS0402 This clause never matches
let j s =
    match s with
    | Circle _ | Dot -> 1
    | Dot -> 2 //! FUS0402 This clause never matches
    | Rect _ -> 3
let (Some k) = Some 1 //! FUS0401 This match does not cover, for example, None
let l (Some x) = x + 0 //! FUS0401 This match does not cover, for example, None
let m s = match s with "" -> 0 | "a" -> 1 //! FUS0401 This match does not cover, for example, "aa"
let n b = match b with true -> 1 | false -> 0
let o xs = match xs with [| a; b |] -> a + b + 0 | [||] -> 0 //! FUS0401 This match does not cover, for example, [| _ |]
let p r = match r with { left = true } -> 1 | { left = false } -> 2
let (|Even|Odd|) n = if n % 2 = 0 then Even else Odd
let q n = match n with Even -> 0 | Odd -> 1
let r n = match n with Even -> 0 //! FUS0401 This match does not cover, for example, Odd
let (|Int|_|) (s: string) = if s = "1" then Some 1 else None
let s t = match t with Int n -> n //! FUS0401 This match does not cover, for example, _
let t x = try x () with Failure m -> 0
for (Some u) in [ Some 1 ] do ignore u //! FUS0401 This match does not cover, for example, None
let v = fun (Some w) -> w + 0 //! FUS0401 This match does not cover, for example, None
let w c = match c with 'a' -> 1 | 'b' -> 2 //! FUS0401 This match does not cover, for example, 'c'
let x (a, b) (c, ()) = a + b + c + 0
