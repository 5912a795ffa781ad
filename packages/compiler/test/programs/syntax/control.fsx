if a then b elif c then d else e
let x = if a then b else if c then d else e
for i = 1 to 10 do
    if i > 5 then break else continue
for i = 10 downto 1 do print i
while a do
    b
done
for _ in 1..3 do ()
for (a, b) in xs do print a
try f () with Failure m -> 1 | _ -> 2
try
    try
        a
    with
    | X -> b
finally
    c
let g = function | 1 -> 2 | _ -> 3
let h = fun (a, b) [c] _ () -> a
do f ()
let early x =
    if x < 0 then None else
    let r = sqrt x
    Some r
