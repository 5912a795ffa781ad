match x with
| Some (a, b) | Other a when a > 1 -> b
| { X = 1; Y = y } -> y
| [1; 2] | 1 :: _ | [| a |] -> 3
| -1 | 'a' | "s" | true | null | 1.5 -> 4
| :? Foo as f -> 5
| P (x = 1, y = z) -> 6
| (a, b) & c as d -> 7
| A.B.C d e -> 8
| 1
| 2
| 3 -> "x"
| _ -> 9
let (a, b), [c; d] = (1, 2), [3; 4]
let f (Some x | Ok x) { Y = y } ((a: int), b: string) = a
let Some x, y = z
let { A = a } = r
let x :: rest = xs
fun (+) a b -> a + b
