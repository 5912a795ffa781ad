let counter = 
    let n = ref 0
    fun () -> n.Value <- n.Value + 1; n.Value
printfn "%d %d" (counter ()) (counter ())
let memo = 
    let cache = ref Map.empty
    fun f x ->
        match Map.tryFind x cache.Value with
        | Some v -> v
        | None ->
            let v = f x
            cache.Value <- Map.add x v cache.Value
            v
printfn "%d" (memo (fun x -> x * 2) 4)
let acc =
    let mutable total = 0
    let add x = total <- total + x; total
    add
printfn "%d %d" (acc 1) (acc 2)
let adder =
    printfn "once"
    fun a b -> a + b
printfn "%d" (adder 1 2)
printfn "%d" (adder 3 4)
let ops = [ "add", (+); "sub", (-) ]
for (n, f) in ops do printfn "%s %d" n (f 6 3)
let sq = (fun x -> x * x)
printfn "%d" (sq 3)
printfn "%.2f" (sq 1.5)
let twoSums = ((+), (-))
printfn "%d" ((fst twoSums) 1 2)
type R = { F: int -> int -> int }
let table = [| (+); (*) |]
printfn "%d" (table.[1] 3 4)
table.[0] <- (-)
printfn "%d" (table.[0] 3 4)
