let checked x =
    if x < 0 then None else
    let r = sqrt x
    Some r
