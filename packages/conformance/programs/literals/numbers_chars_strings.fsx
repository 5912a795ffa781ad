printfn "%d %d %d %d" 0xFF 0o17 0b1010 1_000_000
printfn "%d" 0xFFFFFFFFFFFFFFFF
printfn "%d %d" 9223372036854775807 -9223372036854775808
let inline sq x = x * x
printfn "%d" (sq -3)
printfn "%f %g %e" 1.5 1e6 2.5e-3
printfn "%s" (string 1.)
printfn "%A %A %A %A" 1. 1e20 1e-7 123456789.0
printfn "%A" 1.5f
printfn "%c%c%c%c" 'a' '\'' '\065' '\u00e9'
printfn "%A %A" 'x' '\n'
printfn "%A" "tab\there \"q\""
printfn "%s" @"c:\dir\""x"""
printfn "%s" """raw "quoted" \n"""
printfn "%s" "line one \
              continued"
printfn "%s" "two
lines"
