printfn "[%5d] [%-5d] [%05d] [%+d] [% d]" 42 42 42 42 42
printfn "[%8.3f] [%-8.2f] [%08.2f] [%+.1f]" 3.14159 2.5 -2.5 7.0
printfn "[%10s] [%-10s]" "right" "left"
printfn "[%x] [%X] [%o] [%B]" 255 255 8 5
printfn "[%08x]" 48879
printfn "%b %b" true false
printfn "%5b|" true
printfn "%c|%3c|%-3c|" 'a' 'b' 'c'
printfn "%O %O" 3 "x"
printfn "%%"
printfn "%i %u" 3 4
printfn "%.2e" 12345.678
printfn "%g %g %g" 0.0001 100000.0 1234567.0
printfn "%s" (sprintf "%3d%%" 50)
printfn "%.3g" 3.14159
