// layouts that F# programmers write
let longCall =
    List.fold
        (fun acc x ->
            let y = x * 2
            acc + y)
        0
        [ 1
          2
          3 ]

let result =
    [ 1 .. 5 ]
    |> List.map (fun x ->
        match x with
        | 1 -> "one"
        | 2 -> "two"
        | n ->
            let s = string n
            s + "!")
    |> String.concat
        ", "

let choose x =
    if x < 0 then
        "neg"
    elif x = 0
    then "zero"
    else if x < 10 then
        "small"
    else
        "big"

let nested a b =
    let inner c =
        let deepest d =
            a + b + c + d
        deepest 1
    inner 2

type Config =
    { Host: string
      Port: int
      Options: {| Debug: bool; Level: int |} }

let config =
    {
        Host = "localhost"
        Port = 80
        Options =
            {|
                Debug = true
                Level = 3
            |}
    }

let updated =
    { config with
        Port =
            if config.Options.Debug then
                8080
            else
                80 }

let tuple =
    1,
    "two",
    [ 3 ]

let condition =
    longCall > 3
    && result.Length > 2
    || false

let matrix =
    [| [| 1; 2 |]
       [| 3; 4 |] |]

let f
    (x: int)
    (y: int)
    : int =
    x * y

let withLambda =
    (fun x y ->
        x + y) 1 2

let piped =
    "a,b,c".Split(',')
    |> Array.map (fun s -> s.ToUpper())
    |> Array.rev
    |> fun arr -> String.concat "" arr

let tryIt x =
    try
        if x then failwith "no"
        "yes"
    with
    | Failure msg when msg = "no" ->
        "caught"
    | _ -> "other"

let handle =
    function
    | Some x when x > 0 ->
        printfn "pos"
        x
    | Some _
    | None -> 0

let seqs = seq {
    for i in 1 .. 3 do
        if i % 2 = 1 then
            yield i
            yield i * 10
        else
            yield! [ 0; 0 ]
}

let rec loop i acc =
    if i = 0 then acc else
    let acc = acc + i
    loop (i - 1) acc

let ops =
    let a = 1
    let b = 2 in
    a + b

let x = let y = 1 in y + 1

let list2 = [
    for a in 1 .. 2 do
        for b in [ "x"; "y" ] ->
            a, b
]

let bigMatch (o: int option) (s: string) =
    match o, s with
    | Some n, "a"
    | Some n, "b" when n > 1 ->
        n
    | Some n, _ -> -n
    | None, s ->
        s.Length

do
    printfn "in do"
    printfn "%d" (longCall + 1)

printfn "%s|%s" result (choose 5)
printfn "%d" (nested 10 20)
printfn "%A" updated
printfn "%A %b %A" tuple condition matrix
printfn "%d %d %s" (f 3 4) withLambda piped
printfn "%s %s" (tryIt true) (tryIt false)
printfn "%d %d" (handle (Some 3)) (handle None)
printfn "%A" (List.ofSeq seqs)
printfn "%d %d %d" (loop 4 0) ops x
printfn "%A" list2
printfn "%d %d %d %d" (bigMatch (Some 1) "a") (bigMatch (Some 2) "b") (bigMatch (Some 3) "c") (bigMatch None "four")
if true then printfn "then" else printfn "else"
if false then ()
else
    printfn "multi"
    printfn "line"
let unitFn () = ()
unitFn ()
[ 1; 2 ] |> List.iter (fun x ->
    printf "%d " x
    printfn "")
List.iter
    (printfn "%d")
    [ 7; 8 ]
let (a, b), c = (1, 2), 3 in printfn "%d" (a + b + c)
