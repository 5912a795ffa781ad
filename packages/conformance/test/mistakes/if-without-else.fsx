let f x = if x > 0 then "pos"
printfn "%s" (f 1)
