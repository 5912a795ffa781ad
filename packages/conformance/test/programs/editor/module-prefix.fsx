// offers: mapi; map2
// never: filter
let ys = List.map‸ (fun x -> x) [1]
