// Mistakes that have nothing to do with each other.
type Person = { Name: string; Age: int }
type Shape = Circle of float | Rect of float * float

let total = List.sm [1; 2] // FUS0205
let half (n: int) = n / "2" // FUS0301

let greet (person: Person) =
    let line = "Hello, " + person.Nme // FUS0304
    line + "!"

let area shape =
    match shape with
    | Circle r -> r
    | Rect (w, h, d) -> w * h // FUS0312

let later = greet { Name = "Ada" } // FUS0308
let shown = later.Length + total

let kind n = if n > 1 then "many" // FUS0315
let again = kind 2 + "!"

let count = 0
count <- 1 // FUS0314

let sum (x, y) = x + y + 0
let wrong = sum 1 2 // FUS0311

let size shape =
    match shape with
    | Circle r -> r
    | Square s -> s // FUS0202

printfn "%d" "three" // FUS0318
printfn "%s" (undefinedName 3) // FUS0201
let last = undefinedToo + wrong // FUS0201

// The name of a binding that cannot be read is known.
let rec spelled n = match n with 1 "one" // FUS0100
printfn "%s" (spelled 1)
