type Point =
    { X: int; Y: int }
    member p.Norm = abs p.X + abs p.Y
    member p.Move(dx, dy) = { X = p.X + dx; Y = p.Y + dy }
    member p.Scale k = { X = p.X * k; Y = p.Y * k }
    static member Origin = { X = 0; Y = 0 }
    static member Along n = { X = n; Y = n }
type Counter(start: int) =
    let mutable count = start
    let step = 2
    member _.Next() =
        count <- count + step
        count
    member _.Peek = count
type Box<'a>(content: 'a) =
    member _.Content = content
let p = { X = 1; Y = 2 }
let a = p.Norm //: int
let b = p.Move(1, 2).Norm //: int
let c = p.Scale 3 //: Point
let d = Point.Origin //: Point
let e = (Point.Along 3).X //: int
let f = p.Nothing //! FUS0304 Point has no label or member 'Nothing'
let counter = Counter(3) //: Counter
let g = counter.Next() + counter.Peek //: int
let boxes = (Box(1).Content, Box("a").Content) //: int * string
let h = "text".Length //: int
let i = "text".Substring(1).ToUpper() //: string
let j = "text".Substring(1, 2) //: string
let k = "text".Nope //! FUS0304 string has no label or member 'Nope'
let l = (Some 1).Value //: int
let m = [ 1; 2 ].Length //: int
let n = List.map (fun s -> s.Length) [ "a" ] //: int list
let o x = x.Length + 1 //: { Length: int; .. } -> int
let q = (o "abc", o [ 1 ]) //: int * int
let r = o 5 //! FUS0304 int has no label or member 'Length'
let s = (5).ToString() //: string
let t = counter = counter //: bool
let u = counter < counter //! FUS0303 '<' does not work on Counter
