// offers: counter
// never: counted, List
let run items =
    let counter = List.length items
    printfn "%d" (coun‸
let counted = 1
