type Row = { Name: string; Qty: int; Price: float; InStock: bool }
let rows =
    [ { Name = "Apple"; Qty = 3; Price = 0.5; InStock = true }
      { Name = "Watermelon"; Qty = 12; Price = 3.999; InStock = false }
      { Name = "Fig"; Qty = 100; Price = 12345.678; InStock = true } ]
let line = String.replicate 48 "-"
printfn "%s" line
printfn "|%-12s|%6s|%12s|%-6s|" "name" "qty" "price" "stock"
printfn "%s" line
for r in rows do
    printfn "|%-12s|%6d|%12.2f|%-6b|" r.Name r.Qty r.Price r.InStock
printfn "%s" line
printfn "%5d|%-5d|%05d|%+d|% d|%+5d" 42 42 42 42 42 42
printfn "%5d|%-5d|%05d|%+d|% d" -42 -42 -42 -42 -42
printfn "%x|%X|%x|%o|%08x|%B" 255 255 255 8 48879 5
printfn "%e|%E|%.3e" 12345.678 0.00012 1.0
printfn "%g|%g|%g|%g" 0.0001 1e10 123456789.0 0.5
printfn "%f|%.0f|%.1f|%10.4f|%-10.2f|%010.2f" 3.14159 2.5 0.05 3.14159 2.0 -3.14159
printfn "%s|%10s|%-10s|" "abc" "abc" "abc"
printfn "%c|%3c|%-3c|" 'x' 'y' 'z'
printfn "%b|%6b" true false
printfn "%%|%d%%" 50
printfn "%A|%A|%A" 1 "a" 'c'
printfn "%O|%O" (Some 1) [ 1; 2 ]
printfn "%10A|%-8A|" 1 "x"
let fmt = sprintf "%s=%d"
printfn "%s" (fmt "k" 5)
printfn "%i %u" 5 7
printfn "%A" (List.map (sprintf "%03d") [ 1; 22; 333; 4444 ])
printfn "%s" (String.concat "" [ for i in 1 .. 3 -> sprintf "[%d]" i ])
let total = rows |> List.sumBy (fun r -> float r.Qty * r.Price)
printfn $"Total: {total:F2}, {total:N1}, {rows.Length,4}|{rows.Length,-4}|{0.256:P1}|{255:X}|{5:D3}"
printfn $"{{braces}} {1 + 1} {(if true then "yes" else "no")} {'c'} {2.0} {[1;2]} {Some 3}"
printfn $"%d{5} %s{"str"} %5.1f{2.25}|"
