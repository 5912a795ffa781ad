type Color = Red | Green
let c = Color.Blue
let d = Blu
let e: Colour = Red
