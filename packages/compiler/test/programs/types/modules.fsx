module Geometry =
    type Point = { X: int; Y: int }
    let origin = { X = 0; Y = 0 }
    let private secret = 1
    let reveal () = secret
    module Inner =
        let deep = 5
[<RequireQualifiedAccess>]
module Strict =
    let value = 1
[<AutoOpen>]
module Auto =
    let automatic = 1
module Short = Geometry.Inner
let a = Geometry.origin //: Point
let b = Geometry.Inner.deep //: int
let c = Geometry.secret //! FUS0207 'secret' is private to module 'Geometry'
let d = Geometry.reveal () //: int
let e = automatic //: int
let f = Short.deep //: int
open Strict //! FUS0208 'Strict' must be qualified
let g = Strict.value //: int
open Geometry
let h = origin.X //: int
let i = secret //! FUS0201 'secret' is not defined
let j = { X = 1; Y = 2 } //: Point
open System //! FUS0211 Nothing is imported by 'open System'
open Nowhere //! FUS0204 Module 'Nowhere' is not defined
open List
let k = map (fun n -> n + 1) [ 1 ] //: int list
let l: Geometry.Point = origin //: Point
let m = Geometry.Inner.shallow //! FUS0205 'Geometry.Inner' has no member 'shallow'
