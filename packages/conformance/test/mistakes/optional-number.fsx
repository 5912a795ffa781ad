let o = Some 1
let x = o + 1
