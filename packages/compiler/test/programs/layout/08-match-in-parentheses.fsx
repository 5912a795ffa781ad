match pair with
| a, b -> (match b with
           | 0 -> "zero"
           | _ -> "some"), a
