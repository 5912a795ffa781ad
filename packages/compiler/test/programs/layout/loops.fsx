for x in xs do
    while ok do
        step x
    done
for i = 1 to 3 do print i
for y in ys -> y
