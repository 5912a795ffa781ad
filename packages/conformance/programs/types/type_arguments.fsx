let zeros = Array.zeroCreate<int> 3
printfn "%d" (Array.length zeros + zeros.[0])
let first<'a> (xs: 'a list) = List.head xs
printfn "%d %s" (first<int> [ 1; 2 ]) (first<string> [ "a" ])
let empty = Set.empty<string>
printfn "%d" (Set.count empty)
let a, b, c = 1, 2, 3
printfn "%b" (a<b && c>b)
let less = a<b
printfn "%b" less
