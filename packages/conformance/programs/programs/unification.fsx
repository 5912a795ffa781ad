// type inference toy: unification
type Ty = TInt | TBool | TVar of int | TFun of Ty * Ty
type Term = Lit of int | Flag of bool | Name of string | Lam of string * Term | App of Term * Term | If of Term * Term * Term
let mutable counter = 0
let fresh () =
    counter <- counter + 1
    TVar counter
let rec apply subst t =
    match t with
    | TVar n -> (match Map.tryFind n subst with Some u -> apply subst u | None -> t)
    | TFun (a, b) -> TFun (apply subst a, apply subst b)
    | TInt | TBool -> t
let rec occurs n = function
    | TVar m -> n = m
    | TFun (a, b) -> occurs n a || occurs n b
    | _ -> false
let rec unify subst a b =
    match apply subst a, apply subst b with
    | x, y when x = y -> Ok subst
    | TVar n, t | t, TVar n ->
        if occurs n t then Error "infinite type" else Ok (Map.add n t subst)
    | TFun (a1, b1), TFun (a2, b2) -> unify subst a1 a2 |> Result.bind (fun s -> unify s b1 b2)
    | _ -> Error "mismatch"
let rec infer env subst term =
    match term with
    | Lit _ -> Ok (TInt, subst)
    | Flag _ -> Ok (TBool, subst)
    | Name n ->
        (match Map.tryFind n env with
         | Some t -> Ok (t, subst)
         | None -> Error ("unbound " + n))
    | Lam (p, body) ->
        let a = fresh ()
        infer (Map.add p a env) subst body |> Result.map (fun (r, s) -> TFun (a, r), s)
    | App (f, x) ->
        infer env subst f
        |> Result.bind (fun (tf, s) ->
            infer env s x
            |> Result.bind (fun (tx, s) ->
                let r = fresh ()
                unify s tf (TFun (tx, r)) |> Result.map (fun s -> r, s)))
    | If (c, t, e) ->
        infer env subst c
        |> Result.bind (fun (tc, s) -> unify s tc TBool)
        |> Result.bind (fun s -> infer env s t)
        |> Result.bind (fun (tt, s) ->
            infer env s e |> Result.bind (fun (te, s) -> unify s tt te |> Result.map (fun s -> tt, s)))
let rec show = function
    | TInt -> "int"
    | TBool -> "bool"
    | TVar n -> "'" + string n
    | TFun ((TFun _ as a), b) -> sprintf "(%s) -> %s" (show a) (show b)
    | TFun (a, b) -> sprintf "%s -> %s" (show a) (show b)
let test name term =
    counter <- 0
    match infer Map.empty Map.empty term with
    | Ok (t, s) -> printfn "%s : %s" name (show (apply s t))
    | Error e -> printfn "%s : error %s" name e
test "id" (Lam ("x", Name "x"))
test "const" (Lam ("x", Lam ("y", Name "x")))
test "app" (App (Lam ("x", Name "x"), Lit 3))
test "twice" (Lam ("f", Lam ("x", App (Name "f", App (Name "f", Name "x")))))
test "if" (Lam ("b", If (Name "b", Lit 1, Lit 2)))
test "bad" (If (Lit 1, Lit 1, Lit 2))
test "omega" (Lam ("x", App (Name "x", Name "x")))
test "free" (App (Name "q", Lit 1))
