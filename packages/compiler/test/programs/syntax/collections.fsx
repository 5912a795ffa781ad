[1..3]
[1..2..10]
[| 1; 2 |]
[1, 2]
[]
[ 1
  2; 3
]
[for x in xs -> x * 2]
[if a then 1]
[if a then b else c]
[if a then b else (c; d)]
[yield 1; yield! xs]
[match a with _ -> 1]
[let x = 1
 x]
[| for i in 1 .. 3 do
     for j in 1 .. 3 do
       if i <> j then yield i, j |]
seq { 1..10 }
{ A = 1; B.C = 2 }
{ a with B.C = 1; D = 2 }
{| X = 1 |}
{| r with Y = 2 |}
let empty = {}
f {}
f { A = 1 } { B = 2 }
builder "x" { return 1 }
