// parameters and locals of the function around, not of others
// offers: price : int; rate : float; total; float; List
// never: other, later, inner
let other' = 1
let hidden x =
    let inner = x + 1
    inner
let total (price: int) =
    let rate = 0.19
    let sum = ‸
    sum
let later = 2
