type Complex =
    { Re: float; Im: float }
    static member (+) (a, b) = { Re = a.Re + b.Re; Im = a.Im + b.Im }
    static member (-) (a, b) = { Re = a.Re - b.Re; Im = a.Im - b.Im }
    static member (*) (a, b) = { Re = a.Re * b.Re - a.Im * b.Im; Im = a.Re * b.Im + a.Im * b.Re }
    static member (/) (a: Complex, k: float) = { Re = a.Re / k; Im = a.Im / k }
    static member (~-) a = { Re = -a.Re; Im = -a.Im }
    static member Zero = { Re = 0.0; Im = 0.0 }
    static member Sum (items: Complex list) = items |> List.fold (+) Complex.Zero
    member this.Abs = sqrt (this.Re * this.Re + this.Im * this.Im)
let c re im = { Re = re; Im = im }
let show (z: Complex) = sprintf "%g%+gi" z.Re z.Im
printfn "%s" (show (c 1.0 2.0 + c 3.0 4.0))
printfn "%s" (show (c 1.0 2.0 * c 3.0 4.0 - c 1.0 1.0))
printfn "%s" (show (-(c 1.0 2.0) / 2.0))
printfn "%s" (show (Complex.Sum [c 1.0 1.0; c 2.0 2.0]))
let total = [ c 1.0 1.0; c 2.0 2.0 ] |> List.reduce (+)
printfn "%s" (show total)
let square x = x * x
printfn "%d %s" (square 3) (show (square (c 0.0 1.0)))
let rec power x n = if n = 1 then x else x * power x (n - 1)
printfn "%s %d" (show (power (c 1.0 1.0) 4)) (power 2 10)
type Money = Money of int * string with
    static member (+) (Money (a, c1), Money (b, c2)) =
        if c1 <> c2 then failwith "currency mismatch" else Money (a + b, c1)
    static member (*) (Money (a, c), k) = Money (a * k, c)
    static member (*) (k, Money (a, c)) = Money (a * k, c)
    static member op_Subtraction (Money (a, c), Money (b, _)) = Money (a - b, c)
printfn "%A" (Money (1, "EUR") + Money (2, "EUR") * 3)
printfn "%A" (2 * Money (5, "USD") - Money (1, "USD"))
try printfn "%A" (Money (1, "EUR") + Money (2, "USD")) with Failure m -> printfn "%s" m
type Matrix(rows: float[][]) =
    member _.Rows = rows
    static member (*) (a: Matrix, b: Matrix) =
        let bt = Array.transpose b.Rows
        Matrix(a.Rows |> Array.map (fun r -> bt |> Array.map (fun col -> Array.fold2 (fun s x y -> s + x * y) 0.0 r col)))
    static member (*) (a: Matrix, k: float) = Matrix(a.Rows |> Array.map (Array.map (fun x -> x * k)))
    static member (.*) (a: Matrix, b: Matrix) = Matrix(Array.map2 (Array.map2 (*)) a.Rows b.Rows)
let m = Matrix([| [| 1.0; 2.0 |]; [| 3.0; 4.0 |] |])
printfn "%A" (m * m).Rows
printfn "%A" (m * 2.0).Rows
printfn "%A" (m .* m).Rows
let combine a b = a .* b
printfn "%A" (combine m m).Rows
type Parser<'a> = P of (string -> ('a * string) option) with
    static member (>>=) (P p, f: 'a -> Parser<'b>) = P (fun s -> match p s with Some (a, rest) -> (let (P q) = f a in q rest) | None -> None)
    static member (<|>) (P p, P q) = P (fun s -> match p s with None -> q s | r -> r)
let item = P (fun s -> if s = "" then None else Some (s.[0], s.Substring 1))
let ret x = P (fun s -> Some (x, s))
let sat f = item >>= fun c -> if f c then ret c else P (fun _ -> None)
let run (P p) s = p s
printfn "%A" (run (sat System.Char.IsDigit <|> sat (fun c -> c = 'x')) "x1")
