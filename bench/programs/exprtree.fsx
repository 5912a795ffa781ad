type Expression =
    | Num of int
    | Var of string
    | Add of Expression * Expression
    | Sub of Expression * Expression
    | Mul of Expression * Expression
    | Neg of Expression
    | Let of string * Expression * Expression
    | If of Expression * Expression * Expression

type Environment =
    | Empty
    | Bound of string * int * Environment

// let t = x * x + 3 in if t - y > 0 then t - y * 2 else -(t + 1)
let tree =
    Let(
        "t",
        Add(Mul(Var "x", Var "x"), Num 3),
        If(Sub(Var "t", Var "y"), Sub(Var "t", Mul(Var "y", Num 2)), Neg(Add(Var "t", Num 1)))
    )

let rec lookup environment name =
    match environment with
    | Bound (bound, value, next) -> if bound = name then value else lookup next name
    | Empty -> failwith ("unbound " + name)

let rec evaluate environment expression =
    match expression with
    | Num value -> value
    | Var name -> lookup environment name
    | Add (left, right) -> evaluate environment left + evaluate environment right
    | Sub (left, right) -> evaluate environment left - evaluate environment right
    | Mul (left, right) -> evaluate environment left * evaluate environment right
    | Neg operand -> -(evaluate environment operand)
    | Let (name, value, body) -> evaluate (Bound(name, evaluate environment value, environment)) body
    | If (condition, yes, no) ->
        if evaluate environment condition > 0 then evaluate environment yes else evaluate environment no

let run () =
    let mutable sum = 0
    for i = 0 to 199_999 do
        let environment = Bound("x", i % 16, Bound("y", i % 61, Empty))
        sum <- sum + evaluate environment tree
    sum
