// layout peculiarities
type Op =
    | Add
    | Sub
    | Mul

(* nested (* comment *) still comment *)
/// documentation
[<Literal>]
let Limit = 10

let classify n =
    if n < 0 then
        "negative"
    elif n = 0 then "zero"
    elif n < Limit
         && n % 2 = 0 then
        "small even"
    else
        "other"

let apply op a b =
    match op with
    | Add -> a + b
    | Sub ->
        a - b
    | Mul
        -> a * b

let describe = function
    | 0 -> "none"
    | n when n > 100
        -> "many"
    | n
        when n > 10 ->
        "some"
    | _ -> "few"

let numbers = [
    1 // one
    2
    // a comment between
    3; 4
    5
]

let total =
    numbers
    |> List.map (fun n ->
        let doubled = n * 2
        doubled + 1)
    |> List.filter (fun n ->
        match n with
        | 3 -> false
        | _ -> true)
    |> List.sum

type Config =
    { Name: string
      Size: int
      Nested: Inner }

and Inner =
    { Flag: bool; Values: int list }

let config =
    { Name = "long"
      Size =
        1
        + 2
        + 3
      Nested =
        { Flag = true
          Values =
            [ 1
              2 ] } }

let update c =
    { c with
        Size = c.Size + 1
        Nested = { c.Nested with Flag = false } }

let longCondition a b c =
    a > 0
    && b > 0
    || c > 0

let sum3
    (a: int)
    (b: int)
    (c: int)
    : int =
    a + b + c

let rec isEven n =
    n = 0 || isOdd (n - 1)

and isOdd n =
    n <> 0 && isEven (n - 1)

let result =
    let x = 5
    let y =
        let z = 3
        z * 2
    x + y

let handler =
    fun a b ->
        let c = a + b
        c * 2

let piped =
    [ 1; 2; 3 ]
    |> List.map (
        fun x -> x + 1
    )
    |> List.fold
        (fun acc x -> acc + x)
        0

let tuple =
    (1,
     2,
     3)

let a, b =
    1, 2

printfn "%s %s %s %s" (classify -1) (classify 0) (classify 4) (classify 5)
printfn "%d %d %d" (apply Add 1 2) (apply Sub 5 3) (apply Mul 4 5)
printfn "%s %s %s %s" (describe 0) (describe 500) (describe 50) (describe 5)
printfn "%A" numbers
printfn "%d" total
printfn "%A" config
printfn "%A" (update config)
printfn "%b" (longCondition 1 2 0)
printfn "%d" (sum3 1 2 3)
printfn "%b" (isEven 10)
printfn "%d" result
printfn "%d" (handler 1 2)
printfn "%d" piped
printfn "%A %d %d" tuple a b;;
let after = 1;;
printfn "%d" after

#if INTERACTIVE
printfn "interactive"
#else
printfn "compiled"
#endif

let f x =
    if x then printfn "yes" else printfn "no"
    printfn "done"
f true

for i in 1 .. 3 do
    if i = 2 then
        printfn "two"
    else
        for j in [ 'a'; 'b' ] do
            printf "%d%c " i j
        printfn ""

let mutable count = 0
while count < 3 do
    count <- count + 1
    if count = 2 then
        ()
    else printfn "count %d" count

let compute x y = x
                  + y
printfn "%d" (compute 1 2)

let nestedMatch o =
    match o with
    | Some x ->
        match x with
        | 0 -> "zero"
        | _ -> "nonzero"
    | None -> "none"
printfn "%s %s %s" (nestedMatch (Some 0)) (nestedMatch (Some 1)) (nestedMatch None)

let lines = [ "a"
              "b" ]
printfn "%d" lines.Length

let longCall =
    List.map2
        (fun a b ->
            a * b)
        [ 1; 2 ]
        [ 3
          4 ]
printfn "%A" longCall
let inline square x = x * x
printfn "%d %f" (square 3) (square 1.5)
printfn "%d"
    (square
        4)
do printfn "do"
