let rec map f xs =
    match xs with
    | [] -> []
    | x :: rest -> f x :: map f rest

and useBoth () = map string [ 1; 2 ], map String.length [ "a"; "bc" ]

and even n = n = 0 || odd (n - 1)
and odd n = n <> 0 && even (n - 1)

printfn "%A %b" (useBoth ()) (even 10)

type Parser<'t> =
    | Parser of (string -> ('t * string) option)

    member this.Run text = match this with Parser f -> f text
    static member Return x = Parser(fun text -> Some(x, text))

    member this.Map f =
        Parser(fun text ->
            match this.Run text with
            | Some(x, rest) -> Some(f x, rest)
            | None -> None)

let p = Parser.Return 3
printfn "%A" ((p.Map(fun x -> string x + "!")).Run "abc")

type Tool() =
    member _.Twice f x = f (f x)
    member this.Both() = this.Twice (fun x -> x + 1) 0, this.Twice (fun s -> s + "a") ""
    member this.Later x = this.After x
    member this.After x = (x, x)

let tool = Tool()
printfn "%A" (tool.Both())
printfn "%A %A" (tool.Later 1) (tool.Later "s")

let inside n =
    let rec pair a b = (a, b)
    and swap (a, b) = pair b a
    and all () = swap (1, "x"), swap (n, n), pair 'c' 2.0
    all ()

printfn "%A" (inside 5)
