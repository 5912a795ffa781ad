type Nested<'a> =
    | Flat of 'a
    | Deep of Nested<'a * 'a>

let rec size (n: Nested<'a>) : int =
    match n with
    | Flat _ -> 1
    | Deep inner -> 2 * size inner

let rec show (f: 'a -> string) (n: Nested<'a>) : string =
    match n with
    | Flat x -> f x
    | Deep inner -> show (fun (a, b) -> "(" + f a + "," + f b + ")") inner

let value = Deep(Deep(Flat((1, 2), (3, 4))))
printfn "%d %s" (size value) (show string value)

let rec same (x: 'a) : 'a = x
and both () : int * string = (same 1, same "b")

printfn "%A %b" (both ()) (same true)

let rec equalTo (a: 'a) (b: 'a) : bool = a = b
and test () : bool * bool = (equalTo 1 1, equalTo "x" "y")

printfn "%A" (test ())

let outer (seed: 'a) =
    let rec go (n: int) (acc: 'a list) : 'a list = if n = 0 then acc else go (n - 1) (seed :: acc)
    go 3 []

printfn "%A %A" (outer 'x') (outer 1.5)

let rec total (xs: 'n list) (zero: 'n) : 'n =
    match xs with
    | [] -> zero
    | x :: rest -> x + total rest zero

printfn "%d %g" (total [ 1; 2 ] 0) (total [ 1.5; 2.0 ] 0.0)
