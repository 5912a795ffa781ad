let grade = match score with
    | 10 -> "A"
    | _ -> "B"
let next = 1
