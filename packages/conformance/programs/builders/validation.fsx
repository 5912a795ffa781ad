type ValidationError =
    | Missing of field: string
    | TooShort of field: string * min: int
    | NotANumber of string
    | OutOfRange of string * int

type Validation<'a> = Result<'a, ValidationError list>

type ResultBuilder() =
    member _.Return x : Result<'a, 'e> = Ok x
    member _.ReturnFrom(r: Result<'a, 'e>) = r
    member _.Bind(r: Result<'a, 'e>, f) = Result.bind f r
    member _.Zero() : Result<unit, 'e> = Ok ()
    member _.Delay f = f
    member _.Run f = f ()
    member _.Combine(a: Result<unit, 'e>, b) = match a with Ok () -> b () | Error e -> Error e
    member this.While(guard, body) =
        if not (guard ()) then this.Zero() else this.Bind(body (), fun () -> this.While(guard, body))
    member this.For(items: seq<'a>, body) =
        let list = List.ofSeq items
        let rec go xs =
            match xs with
            | [] -> Ok()
            | x :: rest -> this.Combine(body x, fun () -> go rest)
        go list
    member _.TryWith(body, handler) = try body () with e -> handler e
    member _.TryFinally(body, cleanup) = try body () finally cleanup ()

let result' = ResultBuilder()

let (<!>) f r = Result.map f r
let (<*>) f r =
    match f, r with
    | Ok f, Ok x -> Ok(f x)
    | Error a, Error b -> Error(a @ b)
    | Error a, _ | _, Error a -> Error a

let required name (fields: Map<string, string>) =
    match fields.TryFind name with
    | Some "" | None -> Error [ Missing name ]
    | Some v -> Ok v

let minLength n name (s: string) = if s.Length < n then Error [ TooShort(name, n) ] else Ok s

let number name s =
    match String.toInt s with
    | Some n -> Ok n
    | None -> Error [ NotANumber name ]

let inRange lo hi name n = if n < lo || n > hi then Error [ OutOfRange(name, n) ] else Ok n

type User = { Name: string; Email: string; Age: int }
let create name email age = { Name = name; Email = email; Age = age }

let validate fields : Validation<User> =
    create
    <!> (required "name" fields |> Result.bind (minLength 2 "name"))
    <*> (required "email" fields)
    <*> (required "age" fields |> Result.bind (number "age") |> Result.bind (inRange 0 150 "age"))

let show = function
    | Ok user -> printfn "ok: %s <%s> %d" user.Name user.Email user.Age
    | Error errors -> errors |> List.map (sprintf "%A") |> String.concat "; " |> printfn "errors: %s"

show (validate (Map.ofList [ "name", "Ann"; "email", "a@x"; "age", "42" ]))
show (validate (Map.ofList [ "name", "A"; "age", "999" ]))
show (validate (Map.ofList [ "name", ""; "email", "e"; "age", "x1" ]))

let sequential fields =
    result' {
        let! name = required "name" fields
        let! age = required "age" fields |> Result.bind (number "age")
        if age < 18 then
            return! Error [ OutOfRange("age", age) ]
        return sprintf "%s:%d" name age
    }
printfn "%A" (sequential (Map.ofList [ "name", "Bo"; "age", "20" ]))
printfn "%A" (sequential (Map.ofList [ "name", "Bo"; "age", "2" ]))
printfn "%A" (sequential (Map.ofList [ "age", "2" ]))

let sumAll inputs =
    result' {
        let mutable total = 0
        for i in inputs do
            let! n = number "item" i
            total <- total + n
        return total
    }
printfn "%A" (sumAll [ "1"; "2"; "3" ])
printfn "%A" (sumAll [ "1"; "b"; "c" ])

let countdown start =
    result' {
        let mutable n = start
        while n > 0 do
            if n = 13 then return! Error "unlucky"
            n <- n - 1
        return n
    }
printfn "%A %A" (countdown 5) (countdown 20)
let guarded x =
    result' {
        try
            if x = 0 then failwith "zero"
            return 100 / x
        with Failure m -> return! Error m
    }
printfn "%A %A" (guarded 4) (guarded 0)
