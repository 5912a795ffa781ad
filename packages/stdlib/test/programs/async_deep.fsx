// Binds may be as deep as they like, on both sides.
let rec count n =
    async {
        if n = 0 then return 0
        else
            let! rest = count (n - 1)
            return rest + 1
    }
printfn "%d" (Async.RunSynchronously (count 20000))

let rec loop n acc =
    async {
        if n = 0 then return acc
        else return! loop (n - 1) (acc + n)
    }
printfn "%d" (Async.RunSynchronously (loop 20000 0))

let left = List.fold (fun work n -> Async.Bind work (fun acc -> Async.Return (acc + n))) (Async.Return 0) [ 1 .. 20000 ]
printfn "%d" (Async.RunSynchronously left)

let many =
    async {
        let mutable sum = 0
        for i in 1 .. 20000 do
            let! n = async { return i }
            sum <- sum + n
        return sum
    }
printfn "%d" (Async.RunSynchronously many)

let rec even n = async { if n = 0 then return true else return! odd (n - 1) }
and odd n = async { if n = 0 then return false else return! even (n - 1) }
printfn "%b" (Async.RunSynchronously (even 20001))
