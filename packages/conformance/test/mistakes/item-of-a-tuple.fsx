let t = (1, 2)
let x = t.0
let y = fst t + snd
