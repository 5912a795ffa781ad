let f x =
    let y = x + 1
    return y
