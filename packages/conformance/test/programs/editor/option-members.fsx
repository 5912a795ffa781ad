// offers: IsSome; IsNone
let found = List.tryFind (fun n -> n > 1) [1; 2]
if found.Is‸
