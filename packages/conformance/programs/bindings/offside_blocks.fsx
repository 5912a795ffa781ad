let f x =
    x
    |> List.map (fun y ->
        let z = y * 2
        z + 1)
    |> List.filter (fun y ->
        y > 3
        && y < 20)
    |> List.fold
        (fun acc y ->
            acc + y)
        0
printfn "%d" (f [1; 2; 3; 10])
let g =
    fun a ->
        fun b ->
            a + b
printfn "%d" (g 1 2)
let r =
    match 3 with
    | 1 -> "a"
    | n when n > 2
             && n < 5 ->
        let s = "mid"
        s + "!"
    | _ ->
        "z"
printfn "%s" r
let cond =
    if r = "mid!"
       && f [] = 0
    then "ok"
    else "no"
printfn "%s" cond
let long =
    1
    + 2
    + 3
    - 4
printfn "%d" long
let res =
    [ 1
      2
      3 ]
    |> List.sum
printfn "%d" res
let rec1 = {| A = 1
              B = [ "x"
                    "y" ] |}
printfn "%A" rec1.B
let app =
    List.map2
        (fun a b -> a * b)
        [ 1; 2 ]
        [ 3; 4 ]
printfn "%A" app
let tup =
    ( 1,
      "two",
      3.0 )
printfn "%A" tup
let callback = (fun () ->
    printfn "in callback"
    42)
printfn "%d" (callback ())
let nested =
    let a =
        let b = 1
        b + 1
    let c = a + 1
    c * 10
printfn "%d" nested
if true then
    printfn "t1"
    printfn "t2"
else
    printfn "f"
let x = if false then 1
        elif true then 2
        else 3
printfn "%d" x
let y =
    try
        failwith "x"
    with
    | Failure m when m = "y" -> 1
    | Failure _ ->
        let q = 2
        q
    | _ -> 3
printfn "%d" y
