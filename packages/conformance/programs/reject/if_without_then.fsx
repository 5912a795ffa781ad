let x = 5
if x = 5
    printfn "five"
else
    printfn "other"
