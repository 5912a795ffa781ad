let places = [| None; None |]
places.[0] <- Some 1
let text: string option = places.[1]
