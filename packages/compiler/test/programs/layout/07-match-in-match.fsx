match shape with
| Square side ->
    match side with
    | 0 -> "dot"
    | _ -> "square"
| Disc _ -> "disc"
