match x with
| 1 + 2 -> 3
| Some ->
| _ -> 5
let f = function
let g = fun x ->
let i = match 3 with
match x with 1 => 2
if a b then c
else 1
then 2
foo with bar
x in y
$"{1 +} {}"
match y with
| $"a{b}" -> 1
| _ -> 2
let z = 1
