for i in 1 .. 3 do
    for j in i .. 3 do
        if j = 2 then printf "two " else printf "%d%d " i j
printfn ""
for i = 3 downto 1 do printf "%d " i
printfn ""
let mutable i = 0
while i < 10 do
    i <- i + 1
    if i % 2 = 0 then ()
    elif i = 7 then printf "seven "
    else printf "%d " i
printfn ""
for c in "abc" do printf "%c-" c
printfn ""
for KeyValue (k, v) in Map.ofList [1, "x"] do printfn "%d %s" k v
for (a, b) in [1, 2; 3, 4] do printf "%d " (a + b)
printfn ""
for x in [| 1; 2 |] do printf "%d " x
for _ in 1 .. 2 do printf "*"
printfn ""
for i in 10 .. -3 .. 0 do printf "%d " i
printfn ""
let r = if i > 5 then "gt" elif i = 5 then "eq" else "lt"
printfn "%s" r
do
    printfn "in do"
    printfn "still"
let u = (printfn "seq"; 3)
printfn "%d" u
begin
    printfn "begin"
end
