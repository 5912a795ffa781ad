type MaybeBuilder() =
    member _.Bind(m, f) = Option.bind f m
    member _.Return x = Some x
    member _.ReturnFrom m = m
    member _.Zero() = None
let maybe = MaybeBuilder()
let div a b = if b = 0 then None else Some (a / b)
let r =
    maybe {
        let! x = div 100 5
        let! y = div x 2
        let z = y + 1
        if z > 10 then return z
    }
printfn "%A" r
printfn "%A" (maybe { let! x = div 1 0
                      return x + 1 })
printfn "%A" (maybe { return! Some 3 })
type StateBuilder() =
    member _.Bind(m, f) = fun s -> let (a, s') = m s in f a s'
    member _.Return a = fun s -> (a, s)
    member _.Zero() = fun s -> ((), s)
    member _.Combine(a, b) = fun s -> let ((), s') = a s in b s'
    member _.Delay f = fun s -> f () s
    member this.For(xs, f) = fun s -> List.fold (fun st x -> snd (f x st)) s xs |> fun s -> ((), s)
let state = StateBuilder()
let get = fun s -> (s, s)
let put x = fun _ -> ((), x)
let tick = state {
    let! n = get
    do! put (n + 1)
    return n }
let three = state {
    let! a = tick
    let! b = tick
    let! c = tick
    return [a; b; c] }
printfn "%A" (three 10)
let looped = state {
    for i in [1; 2; 3] do
        let! n = get
        do! put (n + i)
    let! r = get
    return r }
printfn "%A" (looped 0)
type ListB() =
    member _.Bind(xs, f) = List.collect f xs
    member _.Return x = [x]
    member _.Yield x = [x]
    member _.YieldFrom xs = xs
    member _.Combine(a, b) = a @ b
    member _.Delay f = f ()
    member _.Zero() = []
    member _.For(xs, f) = List.collect f xs
let lst = ListB()
printfn "%A" (lst { let! a = [1; 2]
                    let! b = ["x"; "y"]
                    return (a, b) })
printfn "%A" (lst { yield 1
                    yield 2
                    for i in [3; 4] do
                        yield i
                        yield i * 10
                    yield! [5] })
