printfn "%A" [for i in 1 .. 5 -> i * i]
printfn "%A" [for i in 1 .. 3 do for j in 1 .. i do yield (i, j)]
printfn "%A" [for i in 1 .. 10 do if i % 3 = 0 then yield i]
printfn "%A" [ yield 1; yield! [2; 3]; yield 4 ]
printfn "%A" [| for c in "abc" -> int c |]
printfn "%A" [ for i in 1 .. 3 do
                 i
                 i * 10 ]
printfn "%A" [ if true then 1 else 2
               if false then 3
               4 ]
printfn "%A" [ let x = 3
               x
               x + 1 ]
printfn "%A" [ match 3 with
               | 3 -> "three"
               | _ -> "other"
               "end" ]
printfn "%A" [1 .. 2 .. 9]
printfn "%A" ['a' .. 'e']
printfn "%A" [1.0 .. 0.5 .. 3.0]
printfn "%A" [5 .. 1]
printfn "%A" [| 3 .. -1 .. 1 |]
let xs = [ for x in [1; 2; 3] do
             let y = x * x
             if y > 1 then
                 y ]
printfn "%A" xs
let mutable n = 3
printfn "%A" [ while n > 0 do
                 yield n
                 n <- n - 1 ]
printfn "%A" [ for (a, b) in [(1, "x"); (2, "y")] -> sprintf "%d%s" a b ]
printfn "%A" [ for Some x in [Some 1; None; Some 3] -> x ]
let nested = [ [1; 2]; [3] ]
printfn "%A" [ for l in nested do yield! l ]
printfn "%A" (List.sum [ for x in 1 .. 100 do if x % 3 = 0 || x % 5 = 0 then x ])
let grid = [| for r in 0 .. 2 -> [| for c in 0 .. 2 -> r * 3 + c |] |]
printfn "%d" grid.[1].[2]
printfn "%d" grid[2][0]
printfn "%A" [ 1; 2
               3; 4 ]
