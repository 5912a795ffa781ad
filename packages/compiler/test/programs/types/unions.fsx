type Shape =
    | Circle of float
    | Rect of float * float
    | Dot
type Tree<'a> =
    | Leaf
    | Node of Tree<'a> * 'a * Tree<'a>
[<RequireQualifiedAccess>]
type Level =
    | Low
    | High
type Event = Move of dx: int * dy: int | Stop
let circle = Circle 1 //: Shape
let rect = Rect (1.0, 2) //: Shape
let spaced = Rect 1.0 2.0 //: Shape
let asFunction = List.map Circle [ 1.0 ] //: Shape list
let pairwise = List.map Rect [ (1.0, 2.0) ] //: Shape list
let tooMany = Circle (1.0, 2.0) //! FUS0312 Case 'Circle' takes 1 field, not 2
let tooFew = Rect 1.0 //! FUS0312 Case 'Rect' takes 2 fields, not 1
let withArgument = Dot 1 //! FUS0312 Case 'Dot' takes 0 fields, not 1
let tree = Node (Leaf, 1, Node (Leaf, 2, Leaf)) //: Tree<int>
let empty = Leaf //: Tree<'a>
let rec depth t = match t with Leaf -> 0 | Node (l, _, r) -> 1 + max (depth l) (depth r) //: Tree<'a> -> int
let level = Level.Low //: Level
let unqualified = Low //! FUS0208 'Low' must be qualified
let unknown = Curve 1 //! FUS0202 Constructor 'Curve' is not defined
let named = Move (dy = 1, dx = 2) //: Event
let area s =
    match s with
    | Circle r -> r
    | Squircle w -> w //! FUS0202 Constructor 'Squircle' is not defined
    | Rect (w, h) -> w * h
    | Dot -> 0.0
let partly e = match e with Move (dx = 0) -> "stay" | Move (dx, _) -> string dx | Stop -> "stop" //: Event -> string
let some = Some 1 //: int option
let nothing = None //: 'a option
let ok: Result<int, string> = Ok 1 //: Result<int, string>
let shadowing e = match e with Other -> 1 //! FUS0405 'Other' is a new variable here
