// defined at 2:14
type Shape = Dot | Line of int
let isDot shape = match shape with ‸Dot -> true | Line _ -> false
