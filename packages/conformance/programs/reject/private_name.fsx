module M =
    let private x = 1
printfn "%d" M.x
