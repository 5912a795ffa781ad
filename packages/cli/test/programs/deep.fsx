let rec count n = if n = 0 then 0 else 1 + count (n - 1)
printfn "%d" (count 50000)
