let f x = 
    match x with
    | Just y -> y
    | Nothing -> 0
