let lines = File.readLines "notes.txt"
printfn "%d lines" (List.length lines)
