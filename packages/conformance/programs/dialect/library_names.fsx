printfn "%b" (String.contains "ell" "hello")
printfn "%A" (String.split "," "a,b,,c")
printfn "%s" (String.trim "  x ")
printfn "%A" (List.reverse [1; 2])
printfn "%A %A" (List.nth 1 [10; 20]) (List.nth 5 [10])
printfn "%A" (Map.mapValues (fun v -> v + 1) (Map.ofList ["a", 1]))
printfn "%A" (Option.firstSome (Some 1) (Some 2))
printfn "%A" (Option.orElse (Some 1) (Some 2))
printfn "%.0f %.0f %.0f" (Math.round 2.5) (Math.round -2.5) (round 2.5)
let arr = [| 1; 2 |]
printfn "%d %d" (Array.get arr 1) (Array.get 0 arr)
Array.set arr 0 10
Array.set 1 20 arr
printfn "%A" arr
printfn "%s %s" (String.concat "," ["a"; "b"]) (String.concat ["a"; "b"])
printfn "%d" (Map.count (Map.empty ()))
printfn "%b" (Map.isEmpty Map.empty)
printfn "%.3f %.3f" Math.pi (Math.pi ())
printfn "%.3f" (Math.e ())
printfn "%s" (toString 3)
printfn "%b %b" (1 == 1) (1 != 1)
printfn "%s" ("a" ++ "b")
for i in 1 .. 10 do
    if i = 3 then continue
    if i = 6 then break
    printf "%d " i
printfn ""
let mutable n = 0
while true do
    n <- n + 1
    if n > 3 then break
printfn "%d" n
let x = 1
let showX () = x
let x = 2
printfn "%d %d" (showX ()) x
printfn "%d" (Math.max 1 2)
printfn "%A %A" (Math.sqrt 16.0) (Math.pow 2.0 10.0)
printfn "%A" (String.indexOf "l" "hello")
printfn "%A" (String.toInt "42", String.toInt "x")
printfn "%A" (String.lines "a\nb\r\nc\n")
printfn "%s" (String.padLeft 5 "ab" + "|" + String.padRight 4 "c" + "|")
printfn "%s" (String.replace "a" "b" "banana")
printfn "%s" (String.substring 1 3 "hello")
printfn "%s" (String.slice 1 100 "hello")
printfn "%s" (String.rev "abc")
printfn "%b" (String.isBlank "  ")
printfn "%A" (String.chars "ab")
printfn "%s" (String.ofChars ['a'; 'b'])
printfn "%s" (String.join "-" ["x"; "y"])
printfn "%b %b" (String.startsWith "he" "hello") (String.endsWith "lo" "hello")
