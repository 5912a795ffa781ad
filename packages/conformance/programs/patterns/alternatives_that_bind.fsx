// Alternatives in `for` and `let` inside a clause of a match; a guard is asked for each alternative that matches.
type Shape =
    | Square of int
    | Disc of int
    | Nothing

let total n =
    match n with
    | 0 | 1 ->
        let mutable sum = 0
        for Square n | Disc n in [ Square 1; Nothing; Disc 2 ] do
            sum <- sum + n
        let Square n | Disc n = Disc(sum * 10)
        sum + n
    | _ -> n

printfn "%d %d" (total 1) (total 7)

let larger pair =
    match pair with
    | (n, _) | (_, n) when n > 10 -> sprintf "%d is large" n
    | _ -> "both are small"

[ 1, 2; 11, 2; 1, 12; 13, 14 ] |> List.iter (larger >> printfn "%s")
