type Tool() =
    member _.Add(a, b) = a + b
    member this.Sums() = this.Add(1, 2), this.Add(1.5, 2.0), this.Add("x", "y")

printfn "%A" (Tool().Sums())

let rec add a b = a + b
and sums () = add 1 2, add 0.5 0.25
and loop n acc = if n = 0 then acc else loop (n - 1) (add acc 1)
printfn "%A %d" (sums ()) (loop 10 0)
