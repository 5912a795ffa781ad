let divide a b = a / b

let average numbers =
    divide (List.sum numbers) (List.length numbers)

printfn "before"
printfn "%d" (average [])
