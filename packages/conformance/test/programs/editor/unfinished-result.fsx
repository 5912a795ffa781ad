// offers: string
let f (x: int) : str‸
let z = f 1
