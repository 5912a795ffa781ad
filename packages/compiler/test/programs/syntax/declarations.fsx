module Some.Name
open System.IO
type T<'a> = { mutable X: int; Y: 'a list } with
    member t.Z = 1
and U = | A | B of int * x: string
and V = int -> string
and W(a, b) =
    let c = a
    member _.Bind(m, f) = f m
    static member Create () = W(1, 2)
type E = Single of int
type 'a Prefix = 'a list
[<RequireQualifiedAccess>]
type Color =
    | Red
    | Green of r: int * int list
    static member Default = Color.Red
type Bars =
| First
| Second of int
  member b.IsFirst = true
exception Oops of string
exception Empty
module Inner =
    let private x = 1
    module B = C.D
    type Q = int

    module Deeper =
        let y = 2
#load "a.fsx" "b.fsx" // both
