let s = "multi
line"
printfn "%d" s.Length
let t = "a\
    b"
printfn "%s" t
let u = """{"a": "b"}"""
printfn "%s" u
let v = $"""{{"k": "{1 + 1}"}}"""
printfn "%s" v
printfn $"""{"nested"} {sprintf "%d" 5}"""
