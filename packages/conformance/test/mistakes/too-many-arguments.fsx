let f x y = x + y
let g = f(1)(2)(3)
