// offers: Length : string -> int; Substring; ToUpper
// never: slice, Item
let size (text: string) =
    if text.Length > 3 then text.‸ else 0
