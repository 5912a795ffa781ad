// Loops, jumps out of them, handlers and cleanups.
let mutable log = ""
let note (s: string) = log <- log + s + " "

for i = 1 to 10 do
    if i % 2 = 0 then continue
    if i > 7 then break
    note (string i)
printfn "%s" log

log <- ""
for i = 3 downto 1 do note (string i)
for i in 10 .. -4 .. 0 do note (string i)
for x in [| 7; 8; 9 |] do
    if x = 8 then continue
    note (string x)
for c in "abc" do note (string c)
printfn "%s" log

log <- ""
for i = 1 to 5 do
    try
        if i = 2 then continue
        if i = 4 then break
        note (string i)
    finally
        note (sprintf "f%d" i)
printfn "%s" log

log <- ""
for i = 1 to 3 do
    try
        try
            for j = 1 to 3 do
                try
                    if j = 2 then break
                    if i = 3 then failwith "three"
                    note (sprintf "%d%d" i j)
                finally
                    note "inner"
        finally
            note "outer"
    with Failure m -> note m
printfn "%s" log

let guarded x =
    try
        try
            if x = 0 then failwith "zero"
            elif x = 1 then 10 / (x - 1)
            else x
        with
        | Failure m when m = "none" -> -1
        | :? DivideByZeroException -> -2
    finally
        note (sprintf "g%d" x)
log <- ""
printfn "%d %d" (guarded 5) (guarded 1)
printfn "%s" (try string (guarded 0) with e -> e.Message)
printfn "%s" log

let rethrow () =
    try
        try failwith "again" with e -> reraise ()
    with Failure m -> m + "!"
printfn "%s" (rethrow ())

let mutable i = 0
let mutable total = 0
while i < 10 && total < 20 do
    i <- i + 1
    if i = 3 then continue
    total <- total + i
printfn "%d %d" i total

// the value of a try inside an assignment to a variable that it reads
let mutable v = 1
v <- (try (if v = 1 then failwith "x" else v) with _ -> v + 10)
printfn "%d" v

let order = [ for x in 1 .. 3 do
                for y in x .. 3 do
                  if x <> y then yield x * 10 + y
              yield! [ 98; 99 ] ]
printfn "%A" order
printfn "%A" [| for c in "xyz" -> c |]
printfn "%A" [ 'a' .. 'e' ]
printfn "%A" [ 1.0 .. 0.5 .. 3.0 ]
printfn "%A" [ 5 .. -2 .. -3 ]
let step = 3
printfn "%A" [| 0 .. step .. 10 |]
printfn "%s" (try (let zero = 0 in sprintf "%A" [ 1 .. zero .. 2 ]) with e -> e.Message)
