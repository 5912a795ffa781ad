for i in 0 .. 2 .. 6 do printf "%d " i
for i in 5 .. -1 .. 3 do printf "%d " i
for x, y in [1, 2; 3, 4] do printf "%d " (x * y)
for _ = 1 to 2 do printf "."
printfn ""
