let add a b =
    a + b

let result = add 1

printfn "%d" result
