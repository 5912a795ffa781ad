// No value of the record is made in this program.
type Counter = { mutable Count: int; Name: string }

let count (counter: Counter) =
    counter.Count <- counter.Count + 1

let first: Counter list = []

for counter in first do
    count counter
    counter.Count <- 7

printfn "%d" first.Length
