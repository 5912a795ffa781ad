let names = [ "x"; "yy" ]
names |> List.map (sprintf "<%s>") |> List.iter (printfn "%s")
[ 1; 2 ] |> List.iter (printf "%d,")
printfn ""
let fmt = sprintf "%d-%s"
printfn "%s" (fmt 1 "a")
let fmt2 = sprintf "%s=%d" "k"
printfn "%s" (fmt2 5)
printfn "%s %s" "a" <| string 5
5 |> printfn "%d %d" 4
let note fmt = printfn "[log] %s" fmt
note (sprintf "%d" 3)
List.iteri (printfn "%d: %s") names
printfn "%5s|%-5s|%5d|%-5d|%05d" "ab" "ab" 42 42 42
printfn "%8.3f|%-8.3f|%08.3f|%+8.3f" 3.14159 3.14159 3.14159 3.14159
printfn "%x %X %o %B" 254 254 64 5
printfn "%5x|%-5x|%05x" 255 255 255
printfn "%c%c" 'a' 'b'
printfn "%10b|" true
printfn "%A|%10A|" 1 2
printfn "%O %O" 1 "s"
printfn "%s" $"{1 + 1} {"nested"} {names.[0]} {List.length names}"
let x, y = 3.14159, 42
printfn $"{x:F2} {y:D5} {y:X} {x:N1} {1234567:N0} {0.256:P1} {y,6}| {y,-6}|"
printfn $"{{literal}} {x:0.00} {y}%%"
printfn $"%d{y} %.2f{x} %s{"s"}"
printfn $"""triple "{y}" quotes"""
printfn "%d%% done" 50
printfn "%s" ("abc" + string 1 + string true + string 'c' + string 1.5)
printfn "%d %d" (int64 5) (int 7L)
printfn "%f %f" (double 2) (float32 1.5)
printfn "%d" (int 2.9 + int -2.9)
printfn "%d" (int "0x1F" + int "0b11")
printfn "%b" (System.Char.IsLetter 'x')
printfn "%d %c" (int 'z') (char 97)
printfn "%A" (float "1e3")
printfn "%A" (string [ 1; 2 ])
printfn "%d" (9223372036854775807L + 1L)
printfn "%d" 0x7FFFFFFFFFFFFFFF
printfn "%d %d %d" (7 / -2) (7 % -2) (-7 % 2)
printfn "%d %d" (1 <<< 4 ||| 3) (0xF0 >>> 4 &&& 0x3)
printfn "%d" (-16 >>> 2)
printfn "%d" (~~~0)
printfn "%A" (1.0, 2.50, 100.0, 0.000001, 123456789.123, 1e21)
printfn "%g %g %g" 1.0 0.1 123456.789
printfn "%.10g" (1.0 / 3.0)
printfn "%e" 0.0
printfn "%.2e" 123456.0
printfn "%f" 1e10
printfn "%.0f" 1234.5678
printfn "%6.2f%%" 12.345
printfn "%A" [ 0.1; 1.0 / 3.0; 2.0 / 3.0 ]
printfn "%A" (sqrt 2.0, abs -3.0)
printfn "%A" (round 0.5, round 1.5, round -2.5)
printfn "%A" (floor 2.7, ceil 2.1, truncate -2.7)
printfn "%A" (log 1.0, exp 0.0, sin 0.0, cos 0.0, atan2 0.0 1.0)
printfn "%A" (pown 3 4, pown 2.0 3, 2.0 ** 0.5)
printfn "%A" (min 3 2, max "a" "b", sign -2.5, abs -7)
printfn "%s" (sprintf "%-10s|%6.2f|%+d|%x" "name" 3.14159 7 255)
let table = [ "apple", 1.5, 3; "kiwi", 0.25, 12 ]
for (n, p, q) in table do
    printfn "%-8s%8.2f%5d%10.3f" n p q (p * float q)
let line = String.replicate 20 "="
printfn "%s" line
printfn "%s" (String.concat " | " [ for i in 1 .. 3 -> sprintf "%02d" i ])
let padded = "7".PadLeft(3, '0')
printfn "%s %s" padded ("x".PadRight(3, '.') + "|")
printfn "%s" ("Hello".ToLower().ToUpper().Substring(1, 3))
printfn "%A" ("a-b_c".Split([| '-'; '_' |]))
printfn "%A" ("one  two".Split ' ')
printfn "%d %d" ("hello".IndexOf("l")) ("hello".IndexOf('l'))
printfn "%b %b" ("hello".Contains("ell")) ("hello".StartsWith("he"))
printfn "%s" ("hello".Replace('l', 'L'))
printfn "%c %c" "hello".[1] ("hello" |> Seq.last)
printfn "%s" "hello".[1..3]
