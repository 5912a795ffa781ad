type Point = { X: int; Y: int }
type Point3 = { X: int; Y: int; Z: int }
type Named<'a> = { Name: string; Value: 'a }
type Box = { Size: float; mutable Open: bool }
let p = { X = 1; Y = 2 } //: Point
let q = { X = 1; Y = 2; Z = 3 } //: Point3
let n = { Name = "n"; Value = [ 1 ] } //: Named<int list>
let missing = { X = 1; Z = 2 } //! FUS0308 'Point3' needs the label Y
let free = { host = "h"; port = 1 } //: {| host: string; port: int |}
let explicit = {| b = 1; a = "x" |} //: {| a: string; b: int |}
let moved = { p with X = 5 } //: Point
let wrong = { p with Q = 5 } //! FUS0304 Point has no label or member 'Q'
let typed = { p with X = "5" } //! FUS0301 Expected int, got string
let extended = { free with tls = true } //: {| host: string; port: int; tls: bool |}
let twice = { X = 1; X = 2; Y = 3 } //! FUS0310 Label 'X' is given twice
let size = { Size = 1; Open = false } //: Box
size.Open <- true
size.Size <- 2.0 //! FUS0313 Label 'Size' is not mutable
let depth v = v.Z //: Point3 -> int
let either v = v.X //: { X: 'a; .. } -> 'a
let port c = c.port //: { port: 'a; .. } -> 'a
let ports = (port {| port = 1 |}, port {| port = "p"; host = 2 |}) //: int * string
let noPort = port {| host = 1 |} //! FUS0304 {| host: int |} has no label or member 'port'
let sum v = v.left + v.right //: { left: 'a; right: 'a; .. } -> 'a when 'a : (+)
let qualified = { Point3.X = 1; Y = 2; Z = 3 } //: Point3
let annotated (v: Point) = v.X //: Point -> int
let typo = p.Xx //! FUS0304 Point has no label or member 'Xx'
let swap { X = a; Y = b; Z = _ } = { X = b; Y = a } //: Point3 -> Point
type Left = { Key: int; Tag: string }
type Right = { Key: int; Tag: bool }
let left = { Key = 1; Tag = "a" } //: Left
let right = { Key = 1; Tag = true } //: Right
let none = { Key = 1; Tag = 1.5 } //! FUS0309 No record type fits these labels and types
type Cell = { Content: int }
type Other = { Content: int }
let latest = { Content = 1 } //: Other
let expected: Cell = { Content = 1 } //: Cell
let protoLike = { __proto__ = 1; constructor = 2 }
let readProto = protoLike.__proto__ //: int
let noProto = protoLike.valueOf //! FUS0304 {| __proto__: int; constructor: int |} has no label or member 'valueOf'
