// matrix operations and determinants
type Matrix = float[][]
let make rows cols f : Matrix = Array.init rows (fun r -> Array.init cols (fun c -> f r c))
let identity n = make n n (fun r c -> if r = c then 1.0 else 0.0)
let mul (a: Matrix) (b: Matrix) =
    make a.Length b.[0].Length (fun r c -> Array.fold2 (fun s x y -> s + x * y) 0.0 a.[r] (b |> Array.map (fun row -> row.[c])))
let transpose (m: Matrix) = make m.[0].Length m.Length (fun r c -> m.[c].[r])
let minor (m: Matrix) i j =
    m
    |> Array.indexed
    |> Array.filter (fun (r, _) -> r <> i)
    |> Array.map (fun (_, row) -> row |> Array.indexed |> Array.filter (fun (c, _) -> c <> j) |> Array.map snd)
let rec det (m: Matrix) =
    match m.Length with
    | 1 -> m.[0].[0]
    | 2 -> m.[0].[0] * m.[1].[1] - m.[0].[1] * m.[1].[0]
    | n -> [ for c in 0 .. n - 1 -> (if c % 2 = 0 then 1.0 else -1.0) * m.[0].[c] * det (minor m 0 c) ] |> List.sum
let print (m: Matrix) = m |> Array.iter (fun row -> row |> Array.map (sprintf "%6.2f") |> String.concat " " |> printfn "[%s]")
let m = [| [| 2.0; 0.0; 1.0 |]; [| 1.0; 3.0; 2.0 |]; [| 1.0; 1.0; 4.0 |] |]
print (mul m (transpose m))
printfn "%.1f %.1f" (det m) (det (identity 4))
let rec power m n = if n = 0 then identity (Array.length m) elif n % 2 = 0 then (let h = power m (n / 2) in mul h h) else mul m (power m (n - 1))
print (power [| [| 1.0; 1.0 |]; [| 1.0; 0.0 |] |] 10)
