let a = 1
   let b = 2
printfn "%d" (a + b)
