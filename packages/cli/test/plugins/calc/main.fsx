type Shape =
    | Circle of float
    | Square of side: int

let add (a: int) (b: int) = a + b
let greet name = $"Hello, {name}"
let next (n: int) = n + 1
let swap (a: int, b: string) = b, a
let counts (words: string list) = words |> List.countBy id |> Map.ofList
let find (key: string) = Map.tryFind key (Map.ofList [ ("one", 1) ])

let area shape =
    match shape with
    | Circle r -> 3.0 * r * r
    | Square side -> float (side * side)

let fail (what: string) : int = failwith what
let rec spin (n: int) : int = spin (n + 1)
let later (n: int) = fun (m: int) (k: int) -> n + m + k
let notNumber () = nan

let main () =
    printfn "calc at work"
    add 20 22
