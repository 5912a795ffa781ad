type IShape =
    abstract Area: float

type Colour =
    | Red = 0
    | Green = 1

type Counter() =
    static let zero = 0
    member val Count = 0 with get, set
    override this.ToString() = "counter"

type System.String with
    member this.Twice = this + this

let shape = { new IShape with member _.Area = 1.0 }
let add (x: int, ?y: int) = x + defaultArg y 0
