let even n = n = 0 || odd (n - 1)
let odd n = n <> 0 && even (n - 1)
