// Builders of every sort: class, record, module, with tuples and curried, upper and lower case.
type StateBuilder() =
    member _.Return x = fun s -> (x, s)
    member _.ReturnFrom (m: int -> 'a * int) = m
    member _.Bind (m, f) = fun s -> let (x, s2) = m s in f x s2
    member _.Zero () = fun s -> ((), s)
    member _.Delay f = fun s -> f () s
    member _.Combine (a, b) = fun s -> let (_, s2) = a s in b s2
    member this.For (xs: seq<'a>, body: 'a -> int -> unit * int) : int -> unit * int =
        fun s -> ((), Seq.fold (fun s2 x -> snd (body x s2)) s xs)
    member this.While (condition, body) : int -> unit * int =
        fun s ->
            let mutable at = s
            while condition () do
                at <- snd (body at)
            ((), at)
let state = StateBuilder()
let get s = (s, s)
let put s = fun _ -> ((), s)
let program =
    state {
        let! start = get
        for x in [ 1; 2; 3 ] do
            let! s = get
            do! put (s * 10 + x)
        if start = 0 then
            do! put 7
        let! s = get
        return s + start
    }
printfn "%A %A" (program 0) (program 5)

let either =
    {| bind = (fun m f -> match m with Ok x -> f x | Error e -> Error e)
       ``return`` = (fun x -> Ok x) |}
let outcome: Result<int, string> = either { let! a = Ok 1 in let! b = Ok 2 in return a + b }
printfn "%A" outcome

type Trace() =
    member _.Yield x = [ x ]
    member _.YieldFrom (xs: string list) = xs
    member _.Zero () : string list = []
    member _.Combine (a: string list, b: string list) = a @ b
    member _.Delay f = f ()
    member _.TryWith (body: string list, handler: exn -> string list) = try body with e -> handler e
    member _.TryFinally (body: string list, cleanup: unit -> unit) = try body finally cleanup ()
    member _.Run (lines: string list) = String.concat "," lines
let trace = Trace()
let text =
    trace {
        yield "a"
        yield! [ "b"; "c" ]
        if true then yield "d"
        try
            yield "e"
        finally
            ()
        match 3 with
        | 3 -> yield "three"
        | _ -> ()
    }
printfn "%s" text

let listed = list { let! x = [ 1; 2 ] in let! y = [ 10; 20 ] in return x + y }
printfn "%A" listed
let safe = result { let! x = Ok 2 in let! y = Error "no" in return x + y }
printfn "%A" safe
