let greet (name: string) : string = Plugins.TextUtils.shout ("hello " + name)

let layout (text: string) : string = Plugins.TextUtils.pad {| width = 9; fill = "." |} text

let longest (text: string) : int =
    let lengths = Plugins.TextUtils.measure (Plugins.TextUtils.words text)
    lengths |> Map.fold (fun most _ length -> max most length) 0

let quarter (n: float) : float = Plugins.TextUtils.half (Plugins.TextUtils.half n)

let widthOf (text: string) : int =
    match Plugins.TextUtils.find text with
    | Some style -> style.width
    | None -> 0

let attempt (text: string) : string =
    try
        Plugins.TextUtils.fail text
    with e -> "caught " + e.Message

let spin (n: int) : int = Plugins.TextUtils.spin n

let forever () : int = Plugins.TextUtils.forever 0

let stubborn () : string =
    try
        string (Plugins.TextUtils.forever 0)
    with _ -> "still here"

let partly () : string list = [ "a"; "b" ] |> List.map Plugins.TextUtils.shout
