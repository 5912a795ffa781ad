type Matrix = float[][]

let rows (m: Matrix) = m.Length
let cols (m: Matrix) = if m.Length = 0 then 0 else m.[0].Length

let identity n : Matrix = Array.init n (fun i -> Array.init n (fun j -> if i = j then 1.0 else 0.0))

let multiply (a: Matrix) (b: Matrix) : Matrix =
    if cols a <> rows b then invalidArg "b" "dimensions do not match"
    [| for i in 0 .. rows a - 1 ->
        [| for j in 0 .. cols b - 1 ->
            Seq.sum (seq { for k in 0 .. cols a - 1 -> a.[i].[k] * b.[k].[j] }) |] |]

let transpose (m: Matrix) : Matrix = [| for j in 0 .. cols m - 1 -> [| for i in 0 .. rows m - 1 -> m.[i].[j] |] |]

let rec power m n =
    match n with
    | 0 -> identity (rows m)
    | n when n % 2 = 0 ->
        let half = power m (n / 2)
        multiply half half
    | n -> multiply m (power m (n - 1))

let rec determinant (m: Matrix) =
    match rows m with
    | 1 -> m.[0].[0]
    | 2 -> m.[0].[0] * m.[1].[1] - m.[0].[1] * m.[1].[0]
    | n ->
        let minor col =
            m.[1..]
            |> Array.map (fun row -> Array.append row.[.. col - 1] row.[col + 1 ..])
        [ 0 .. n - 1 ]
        |> List.sumBy (fun c ->
            let sign = if c % 2 = 0 then 1.0 else -1.0
            sign * m.[0].[c] * determinant (minor c))

let show name (m: Matrix) =
    printfn "%s (%dx%d):" name (rows m) (cols m)
    for row in m do
        row |> Array.map (sprintf "%7.2f") |> String.concat " " |> printfn "%s"

let a : Matrix = [| [| 1.0; 2.0 |]; [| 3.0; 4.0 |] |]
let b = [| [| 0.5; -1.0; 2.0 |]; [| 1.5; 0.0; -0.25 |] |]
show "a" a
show "b" b
show "ab" (multiply a b)
show "bT" (transpose b)
show "a^5" (power a 5)
printfn "%.1f" (determinant a)
printfn "%.1f" (determinant [| [| 2.0; 0.0; 1.0 |]; [| 1.0; 3.0; 2.0 |]; [| 1.0; 1.0; 4.0 |] |])
try
    multiply b b |> ignore
with :? System.ArgumentException as e -> printfn "%s" e.Message
printfn "%A" a
printfn "%A" (identity 3)
printfn "%A" [| [| 1; 2; 3 |]; [| 4; 5; 6 |] |]

// gaussian elimination in place
let solve (m: float[][]) (v: float[]) =
    let n = Array.length v
    let a = m |> Array.map Array.copy
    let x = Array.copy v
    for i in 0 .. n - 1 do
        let mutable pivot = i
        for r in i + 1 .. n - 1 do
            if abs a.[r].[i] > abs a.[pivot].[i] then pivot <- r
        let t = a.[i]
        a.[i] <- a.[pivot]
        a.[pivot] <- t
        let t = x.[i]
        x.[i] <- x.[pivot]
        x.[pivot] <- t
        for r in i + 1 .. n - 1 do
            let f = a.[r].[i] / a.[i].[i]
            for c in i .. n - 1 do
                a.[r].[c] <- a.[r].[c] - f * a.[i].[c]
            x.[r] <- x.[r] - f * x.[i]
    for i in n - 1 .. -1 .. 0 do
        for c in i + 1 .. n - 1 do
            x.[i] <- x.[i] - a.[i].[c] * x.[c]
        x.[i] <- x.[i] / a.[i].[i]
    x

printfn "%A" (solve [| [| 2.0; 1.0 |]; [| 1.0; 3.0 |] |] [| 3.0; 5.0 |])
