type Counter(start: int, step: int) =
    let mutable value = start
    let history = ref [ start ]
    member _.Value = value
    member this.Next() =
        value <- value + step
        history.Value <- value :: history.Value
        this.Value
    member _.History = List.rev history.Value
    member this.NextN n = [ for _ in 1 .. n -> this.Next() ]
    static member Default = Counter(0, 1)

let c = Counter(10, 5)
printfn "%d" (c.Next())
printfn "%A" (c.NextN 3)
printfn "%A" c.History
let d = Counter.Default
d.Next() |> ignore
printfn "%d %d" c.Value d.Value

type Stack<'a>() =
    let mutable items: 'a list = []
    member _.Push x = items <- x :: items
    member _.Pop() =
        match items with
        | [] -> failwith "empty stack"
        | x :: rest ->
            items <- rest
            x
    member _.TryPeek() = List.tryHead items
    member _.Count = items.Length
    member this.IsEmpty = this.Count = 0

let st = Stack<string>()
st.Push "a"
st.Push "b"
printfn "%A %d %b" (st.TryPeek()) st.Count st.IsEmpty
printfn "%s%s" (st.Pop()) (st.Pop())
try st.Pop() |> ignore with Failure m -> printfn "%s" m

type Shape =
    | Circle of radius: float
    | Rect of width: float * height: float
    | Square of float
    member s.Area =
        match s with
        | Circle r -> Math.pi * r * r
        | Rect(w, h) -> w * h
        | Square x -> x ** 2.0
    member s.Scale k =
        match s with
        | Circle r -> Circle(r * k)
        | Rect(w, h) -> Rect(width = w * k, height = h * k)
        | Square x -> Square(x * k)

let shapes = [ Circle 1.0; Rect(2.0, 3.0); Square 2.0 ]
for s in shapes do printfn "%.2f" s.Area
printfn "%.3f" (shapes |> List.sumBy (fun s -> s.Area))
printfn "%A" (shapes |> List.map (fun s -> s.Scale 2.0))

type Vec = { X: float; Y: float }
with
    static member (+)(a, b) = { X = a.X + b.X; Y = a.Y + b.Y }
    static member (-)(a, b) = { X = a.X - b.X; Y = a.Y - b.Y }
    static member (*)(k: float, v: Vec) = { X = k * v.X; Y = k * v.Y }
    static member (~-)(v: Vec) = { X = -v.X; Y = -v.Y }
    static member Dot(a: Vec, b: Vec) = a.X * b.X + a.Y * b.Y
    member v.Length = sqrt (Vec.Dot(v, v))

let v = { X = 3.0; Y = 4.0 }
printfn "%A" (v + { X = 1.0; Y = 1.0 })
printfn "%A %g" (2.0 * v) (-v).Length
printfn "%A" ([ v; v; v ] |> List.reduce (+))

type Temperature(celsius: float) =
    let mutable c = celsius
    member _.Celsius with get () = c and set v = c <- v
    member this.Fahrenheit
        with get () = this.Celsius * 9.0 / 5.0 + 32.0
        and set f = this.Celsius <- (f - 32.0) * 5.0 / 9.0
let t = Temperature 100.0
printfn "%g" t.Fahrenheit
t.Fahrenheit <- 32.0
printfn "%g" t.Celsius
type Acc = { mutable Total: int; Name: string }
let acc = { Total = 0; Name = "acc" }
for i in 1..10 do acc.Total <- acc.Total + i
printfn "%d %s" acc.Total acc.Name
