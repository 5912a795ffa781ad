let rec1 = { X = 1; Y = "a" }
printfn "%d %s" rec1.X rec1.Y
let getX r = r.X
printfn "%d %s" (getX rec1) (getX { X = "s"; Z = 1 })
let r2 = { rec1 with Y = 5 }
printfn "%A" r2
let r3 = { rec1 with W = true }
printfn "%O" r3
printfn "%b" ({ A = 1; B = 2 } = { B = 2; A = 1 })
let nested = { Outer = { Inner = [1; 2] } }
printfn "%A" nested.Outer.Inner
let e = {}
printfn "%O" e
let add x y = x + y
printfn "%d %s %.1f" (add 1 2) (add "a" "b") (add 1.5 2.0)
let fact n = if n <= 1 then 1 else n * fact (n - 1)
printfn "%d" (fact 5)
type Sh = Rect of int * int | Dot
let r = Rect 3 4
printfn "%A" r
match r with Rect w h -> printfn "%d" (w * h) | Dot -> ()
let rows : (string * any) list = [("k", "v"); ("n", 3)]
for (k, v) in rows do printfn "%s=%O" k v
let t = (1, 2,)
printfn "%A" t
