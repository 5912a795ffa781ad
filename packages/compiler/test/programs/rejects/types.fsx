type A = | foo | Bar of
type B = { X int; Y: }
type C = { X: int }
type T2() =
  inherit Foo()
  override x.ToString() = "a"
  member x.P with get() = 1
  member val Z = 1
  static let q = 1
  member x.Ok = 1
type E = A = 1 | B = 2
type I = interface end
type J = class
  member x.Foo = 1
end
type List<'a> with member x.Foo = 1
type P = JsonProvider<"x.json">
let x = { a = 1; 2; b = }
let y = { 1; 2 }
let z = { new Foo() with member x.A = 1 }
[<Foo>]
let w = 1
