module Main
open System.Collections.Generic

[<Struct>]
type Vec = { X: float; Y: float }
type Shape =
    | Circle of r: float
    | Square of side: float
    with
    member s.Area =
        match s with
        | Circle r -> 3.0 * r * r
        | Square a -> a * a
    static member Unit = Square 1.0

let inline sq x = x * x
let max3 (a: 'a when 'a : comparison) b c = max a (max b c)
let pick<'a> (xs: 'a list) (d: 'a) = match xs with [] -> d | x :: _ -> x
printfn "%d %s" (max3 1 5 3) (max3 "a" "c" "b")
printfn "%d" (pick<int> [] 7)
printfn "%g" (Shape.Unit.Area + (Circle 2.0).Area)
let swap (a, b) = (b, a)
let (p, q), r = swap (1, (2, 3)), "z"
printfn "%A %A %s" p q r
let shapes = [ Circle 1.0; Square 2.0 ]
shapes |> List.map _.Area |> printfn "%A"
shapes |> List.sumBy (fun s -> s.Area) |> printfn "%.1f"
let describe = function
    | Circle r when r > 10.0 -> "big circle"
    | Circle _ -> "circle"
    | Square s ->
        if s = 1.0 then "unit square"
        elif s > 1.0
             && s < 5.0 then "medium square"
        else "square"
for s in shapes do
    s |> describe |> printfn "%s"
let rec collatz n =
    seq {
        yield n
        if n > 1 then
            if n % 2 = 0 then yield! collatz (n / 2)
            else yield! collatz (3 * n + 1)
    }
collatz 6 |> Seq.map string |> String.concat " -> " |> printfn "%s"
let longest =
    [ 1 .. 30 ]
    |> List.maxBy (collatz >> Seq.length)
printfn $"longest: {longest} with {collatz longest |> Seq.length} steps"
let table = [ for x in 1 .. 3 do
                for y in 1 .. 3 do
                    if x <= y then
                        yield (x, y, x * y) ]
for (x, y, z) in table do printf "%d*%d=%d " x y z
printfn ""
let compose = List.reduce (>>) [ (fun x -> x + 1); (fun x -> x * 2); sq ]
printfn "%d" (compose 3)
let memo f =
    fun x -> f x
printfn "%d" (memo (fun x -> x + 1) 2)
