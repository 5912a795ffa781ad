module Geometry =
    let pi = 3.0
    type Shape =
        | Circle of float
        | Square of float
    module Areas =
        let ofShape = function
            | Circle r -> pi * r * r
            | Square s -> s * s
        let private secret = 42
        let reveal () = secret
    let total shapes = shapes |> List.sumBy Areas.ofShape

module Util =
    let inline (+.) (a: float) b = a + b
    let twice f = f >> f
    [<Literal>]
    let Max = 10
    let rec private countdown n = if n = 0 then [] else n :: countdown (n - 1)
    let start () = countdown 3

open Geometry
open Util

printfn "%g" (total [ Circle 1.0; Square 2.0 ])
printfn "%d" (Areas.reveal ())
printfn "%g" (1.5 +. 2.5)
printfn "%d" (twice (fun x -> x * 3) 2)
printfn "%A" (start ())
let check n =
    match n with
    | Max -> "max"
    | n when n > Max -> "above"
    | _ -> "below"
printfn "%s %s %s" (check 10) (check 11) (check 9)

[<AutoOpen>]
module Extra =
    let greet name = $"Hi {name}"
printfn "%s" (greet "you")

module rec Cyclic =
    type A = { B: B option; Name: string }
    type B = { A: A }
    let nameOf (a: A) = match a.B with Some b -> outer b | None -> a.Name
    let outer (b: B) = "<" + nameOf b.A + ">"
printfn "%s" (Cyclic.nameOf { Name = "x"; B = Some { A = { Name = "y"; B = None } } })

module Stack =
    type Stack<'a> = private Stack of 'a list
    let empty = Stack []
    let push x (Stack xs) = Stack(x :: xs)
    let pop (Stack xs) =
        match xs with
        | [] -> None
        | x :: rest -> Some(x, Stack rest)
    let size (Stack xs) = List.length xs

let s = Stack.empty |> Stack.push 1 |> Stack.push 2
match Stack.pop s with
| Some(top, rest) -> printfn "%d %d" top (Stack.size rest)
| None -> ()
[<RequireQualifiedAccess>]
type Level =
    | Low
    | High
printfn "%A" [ Level.Low; Level.High ]
type Id = int
type Pair<'a> = 'a * 'a
let pair: Pair<Id> = (1, 2)
printfn "%A" pair
module M = Geometry.Areas
printfn "%g" (M.ofShape (Geometry.Circle 2.0))
type Person =
    { First: string; Last: string }
    member p.Full = $"{p.First} {p.Last}"
module Person =
    let create first last = { First = first; Last = last }
    let full (p: Person) = p.Full
Person.create "Ada" "Lovelace" |> Person.full |> printfn "%s"
