// offside torture
let a =
    if true
    then 1
    else 2
let b =
    if false then 1
    else if true then 2
    else 3
let c = if a = 1
        then "x"
        else "y"
let d =
    match a with
    | 1 -> "one"
    | _ ->
        "other"
    |> fun s -> s + "!"
let e =
    [ 1; 2; 3 ]
    |> List.map (fun x ->
        x * 2)
    |> List.sum
    |> string
    |> fun s ->
        s + "?"
let f x
      y =
    x
    + y
let g =
    fun x ->
        fun y ->
            x * y
let h = function
        | 0 -> "z"
        | _ -> "nz"
let i =
    let rec go n =
        if n = 0 then []
        else
            n
            :: go (n - 1)
    go 3
let j =
    (fun x ->
        x + 1
    ) 5
let k = List.map (fun x ->
            let y = x + 1
            y * 2) [ 1; 2 ]
let l =
    [
        "a"
        "b";
        "c" ]
let m = {| X = 1
           Y = 2 |}
let n =
    seq {
        for x in 1 .. 3 do
            if x <> 2 then
                yield x
                yield x * 10
    }
    |> Seq.toList
let o =
    try
        try
            failwith "a"
        with
        | Failure m when m = "b" -> 1
    with _ -> 2
let p =
    let x = 1
    let y = 2 in
    x + y
let q = (1, 2,
         3)
let r x = x |> function
               | 1 -> "uno"
               | _ -> "?"
let s =
    match 1, 2 with
    | 1, 2
    | 2, 1 -> "mixed"
    | _ -> "no"
let t =
    match [ 1; 2 ] with
    | [ x
        y ] -> x + y
    | _ -> 0
let u = not
            true
let v = a = 1
        && b = 2
        || false
let w =
    async {
        let! x = async {
            return 1
        }
        return x + 1
    } |> Async.RunSynchronously
let x =
    List.fold
        (fun acc x ->
            acc + x)
        0
        [ 1
          2 ]
let y = [ for i in 1 .. 2 do
              for j in 1 .. 2 do
                  yield i * j ]
let z = begin
            1 + 2
        end
type R =
    { A : int
      B : string
    }
    member this.Show () =
        sprintf "%d%s"
            this.A
            this.B
type U =
    | One
    | Two of
        int
    with
        member this.N =
            match this with
            | One -> 1
            | Two n -> n
let aa = { A = 1; B = "b" }.Show ()
let bb = (Two 5).N
module M =
    let x = 1

    module N =
        let y = x + 1
    let z = N.y + 1
let cc = M.z
let dd = if a = 1 then
            printf "side "
            10
         else
            20
let ee =
  let x = 1 // two-space
  let f y =
    x + y
  f 2
let ff = 1 +
         2 +
         3
let gg =
    1
  + 2
  - 3
let hh =
    "a"
    + "b"
    |> fun s -> s.Length
let ii = [ 1 ] @
         [ 2 ]
let jj =
    let inner () =
        printf "in "
    inner ()
    inner (); 5
let kk = ignore <| fun () ->
            1
let ll = lazy (
            1 + 1
         )
for x in [ 1; 2 ] do printf "%d " x
for x in [ 1; 2 ]
    do printf "%d " x
while false do
    ()
do
    printfn ""
if a = 1 then printfn "then"
else printfn "else"
let mm = fun () -> printfn "called"; 3
printfn "%d" (mm ())
printfn "%A" (a, b, c, d, e, f 1 2, g 3 4, h 0, i, j, k)
printfn "%A" (l, m.Y, n, o, p, q, r 1, s, t, u, v, w, x, y, z)
printfn "%A" (aa, bb, cc, dd, ee, ff, gg, hh, ii, jj, ll.Force ())
