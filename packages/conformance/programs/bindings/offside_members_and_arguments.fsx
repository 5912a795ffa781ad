type A =
    { Name: string
      Value: int }

    member this.Show() =
        sprintf "%s=%d"
            this.Name
            this.Value

    static member Default =
        { Name = "d"
          Value = 0 }
let a = A.Default
printfn "%s" (a.Show())
printfn "%s" ({ a with
                  Name = "e"
                  Value = 5 }.Show())
let fn (x: int)
       (y: int)
       : int =
    x + y
printfn "%d" (fn 1 2)
let fn2
    (x: int)
    (y: string)
    =
    sprintf "%d%s" x y
printfn "%s" (fn2 1 "a")
let op a b =
    a
    |> fun x -> x + b
    |> fun x -> x * 2
printfn "%d" (op 1 2)
let lst = [
    "a", 1
    "b", 2
]
for (k, v) in lst do
    printfn "%s%d" k v
let m =
    Map.ofList [
        ("x", [ 1; 2 ])
        ("y", [])
    ]
printfn "%d" m.["x"].Length
printfn "%d" (m |> Map.find "x" |> List.length)
let compute () =
    let mutable acc = 0
    for i in 1 .. 3 do
        for j in 1 .. 3 do
            if i <> j then
                acc <- acc + i * j
    acc
printfn "%d" (compute ())
let v = function
    | 0 -> "zero"
    | _ -> "nz"
printfn "%s" (v 0)
let h x = match x with
          | Some y -> y
          | None -> 0
printfn "%d" (h (Some 3))
let k x = match x with Some y -> (match y with 0 -> "z" | _ -> "n") | None -> "none"
printfn "%s %s" (k (Some 0)) (k None)
let longArgs =
    String.concat ","
        (List.map string
            [1; 2; 3])
printfn "%s" longArgs
let z = [1; 2; 3] |> List.map (fun x -> x + 1) |> List.filter (fun x -> x > 2) |> function
        | [] -> "empty"
        | x :: _ -> string x
printfn "%s" z
(fun () -> printfn "iife") ()
let ( |>> ) x f = List.map f x
[1; 2] |>> (fun x ->
    x * 3)
|> printfn "%A"
let w = begin 1 + 2 end
printfn "%d" w
let s = "a"
printfn "%s" s
let q1, q2 =
    if w > 2 then
        1, "big"
    else
        0, "small"
printfn "%d %s" q1 q2
