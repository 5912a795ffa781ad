type Style = { width: int; fill: string }
type Side = Left | Right

let mutable calls = 0

/// The text in capitals, with a mark.
let shout (text: string) : string =
    calls <- calls + 1
    text.ToUpper() + "!"

let pad (style: Style) (text: string) : string =
    if String.length text >= style.width then text else text + style.fill

let words (text: string) : string list = text.Split(' ') |> Array.toList

let measure (texts: string list) : Map<string, int> =
    texts |> List.map (fun text -> (text, String.length text)) |> Map.ofList

let half (n: float) : float = n / 2.0

let find (text: string) : Style option =
    if text = "wide" then Some { width = 80; fill = " " } else None

let side (n: int) : Side = if n < 0 then Left else Right

let twice (f: int -> int) (n: int) : int = f (f n)

let fail (text: string) : string = failwith ("no " + text)

let rec spin (n: int) : int = if n = 0 then 0 else spin (n - 1)

let rec forever (n: int) : int = forever (n + 1)

let count () : int = calls

let init () = ()
