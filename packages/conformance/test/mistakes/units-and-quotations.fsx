[<Measure>] type m
[<Measure>] type s
let distance = 12.5<m>
let speed = 3.0<m / s>
let half (x: float<m>) = x / 2.0
let quoted = <@ 1 + 1 @>
let raw = "abc"B
