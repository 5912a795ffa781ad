printfn (sprintf "%d" [1])
printfn (sprintf "%s and %s" ["a"; "b"])
printfn (sprintf "%f %f %f" [2.5; 2.0; 3])
printfn (sprintf "%.2f" [2.345])
printfn (sprintf "%.0f %.0f" [2.5; 3.5])
printfn (String.format "%s=%d" ["a"; 1])
printfn (String.format "%s %s %s" [true; 1.5; [1; 2]])
let args = [1; 2]
printfn (sprintf "%d+%d" args)
printfn "%d" 1
printfn "%A" [1]
printfn "%O" [1]
printfn "%.0f %.0f" 2.5 3.5
printfn "%s" (sprintf "%A" [Some 1])
printfn "%d items" [3]
printfn "%d%%" [50]
