let f<'a when 'a : equality> (x: 'a) (y: 'a) = x = y
let g (x: 'a when 'a : comparison and 'a : equality) = x < x
type Heap<'T when 'T : comparison> = { Items: 'T list }
let h = { Items = [3] }
printfn "%b %b %A" (f 1 2) (g "a") h
let top (heap: Heap<'T> when 'T : comparison) : 'T = List.max heap.Items
printfn "%d" (top h)
match 3 with
| (x: int) when x > 2 -> printfn "yes"
| _ -> ()
