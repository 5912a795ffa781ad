let rec f n = if n = 0 then "z" else f (n - 1) + 1
