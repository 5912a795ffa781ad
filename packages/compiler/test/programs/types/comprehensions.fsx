let a = [ 1 .. 10 ] //: int list
let b = [ 1.0 .. 0.5 .. 3.0 ] //: float list
let c = [| 'a' .. 'e' |] //: char array
let d = [ for x in 1 .. 3 -> x * x ] //: int list
let e = [ for x in [ 1; 2 ] do if x > 1 then yield string x ] //: string list
let f = [ for x in 1 .. 3 do for y in "ab" do (x, y) ] //: (int * char) list
let g = [ yield 1
          yield! [ 2; 3 ] ]
let useG = g //: int list
let h = [ "a" .. "b" ] //! FUS0303 string is no number
let i = [| for k in Map.empty do yield fst k + 1 |] //: int array
let j = [ 1; 2; 3 ].[1] //: int
let k = [ 1; 2; 3 ].[1..] //: int list
let l = "text".[1..2] //: string
let m = (Map.empty : Map<string, int>).["a"] //: int
let n xs = xs.[0] + 1
let o = [ let x = 1
          x
          x + 1 ]
let useO = o //: int list
let p =
    let mutable total = 0
    for i = 1 to 3 do total <- total + i
    while total > 10 do
        total <- total - 1
        if total = 11 then break
    total
