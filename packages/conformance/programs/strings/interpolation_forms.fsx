let name = "Ann"
let n = 42
let pi = 3.14159
printfn $"Hello {name}, {n + 1}!"
printfn $"{pi:F2} {pi,8:F1}| {n,6}| {n,-6}|"
printfn $"%d{n} %5.1f{pi} %s{name}"
printfn $"{{braces}} 100%%"
let xs = [1;2;3]
printfn $"{List.length xs} items: {xs}"
let s = $"""he said "{name}" {if n > 3 then "big" else "small"}"""
printfn "%s" s
printfn $"{n:X} {255:x} {n:D5} {1234567.891:N2} {0.256:P1}"
printfn "%s" $"{Some 3} {(1, 2)}"
