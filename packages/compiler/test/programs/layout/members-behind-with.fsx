type T = { X: int } with
    member t.Y = t.X
    static member Zero = 0
let x = 1
