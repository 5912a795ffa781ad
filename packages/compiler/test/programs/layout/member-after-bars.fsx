type T =
| A
| B of int
  member t.IsA = 1
  member t.Twice n =
      n + n
let x = 1
