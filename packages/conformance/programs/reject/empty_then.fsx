if true then
printfn "x"
