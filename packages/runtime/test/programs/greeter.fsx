/// Says hello, and counts how often.
let mutable greeted = 0

let greet (name: string) : string =
    greeted <- greeted + 1
    $"Hello, {name}!"

let count () : int = greeted

let main () = printfn "I greet"
