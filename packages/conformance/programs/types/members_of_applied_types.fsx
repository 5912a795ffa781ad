type Box<'a> =
    { Item: 'a }
    static member Of(x: 'a) = { Item = x }
    static member Twice(x: 'a) = [ x; x ]
printfn "%A" (Box<int>.Of 3)
printfn "%A" (Box<string>.Twice "a")
type U<'t> =
    | A of 't
    | B
    static member Empty : U<'t> = B
printfn "%A" (U<int>.A 3)
printfn "%A" U<int>.Empty
printfn "%A" (U<int>.B, (U.B : U<string>))
