type T = 
    | a of int
