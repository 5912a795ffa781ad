exception MyEx of code: int * msg: string
try
    raise (MyEx (3, "bad"))
with
| MyEx (c, m) -> printfn "%d %s" c m
let f () = try raise (MyEx (1, "x")) with MyEx (code = c) -> c
printfn "%d" (f ())
