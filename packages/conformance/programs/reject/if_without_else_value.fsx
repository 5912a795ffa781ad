let x = if true then 1
printfn "%d" x
