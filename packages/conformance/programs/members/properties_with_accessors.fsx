type Stack<'a>() =
    let mutable items : 'a list = []
    member _.Count with get () = List.length items
    member _.Top
        with get () = List.head items
        and set value =
            match items with
            | [] -> items <- [ value ]
            | _ :: rest -> items <- value :: rest
    member _.Push x = items <- x :: items
    member _.Item
        with get index = List.item index items
let s = Stack<int>()
s.Push 1
s.Push 2
s.Top <- 10
printfn "%d %d %d %d" s.Count s.Top s.[1] s[0]
let at (c: Stack<int>) i = c.[i]
printfn "%d" (at s 0)
let first c = c.[0]
printfn "%d %c %d" (first [7]) (first "q") (first s)
type Temp() =
    let mutable celsius = 0.0
    member this.Celsius with get() = celsius and set(v) = celsius <- v
    member this.Fahrenheit
        with get() : float = celsius * 9.0 / 5.0 + 32.0
        and set(f: float) = celsius <- (f - 32.0) * 5.0 / 9.0
let t = Temp()
t.Celsius <- 100.0
printfn "%g" t.Fahrenheit
t.Fahrenheit <- 32.0
printfn "%g" t.Celsius
type Holder = { T: Temp }
let h = { T = t }
h.T.Celsius <- 5.5
printfn "%g" h.T.Celsius
