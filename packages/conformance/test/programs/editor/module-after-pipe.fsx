// offers List's functions behind a half-typed pipe
// offers: map : ('a -> 'b) -> 'a list -> 'b list; filter; sum
// never: xs, let
let xs = [1; 2; 3]
xs |> List.‸
printfn "%A" xs
