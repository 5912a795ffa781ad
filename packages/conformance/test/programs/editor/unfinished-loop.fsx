// offers: items : int list
let items = [ 1; 2 ]
let total =
    let mutable sum = 0
    for item in it‸
let after = 3
