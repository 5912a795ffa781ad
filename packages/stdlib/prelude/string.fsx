// String functions that call the program back with each UTF-16 unit.

let map (f: char -> char) (text: string) =
    let count = String.length text
    let units = Native.blank count
    for i = 0 to count - 1 do
        units.[i] <- f text.[i]
    Native.joinUnits units

let mapi (f: int -> char -> char) (text: string) =
    let count = String.length text
    let units = Native.blank count
    for i = 0 to count - 1 do
        units.[i] <- f i text.[i]
    Native.joinUnits units

let collect (f: char -> string) (text: string) =
    let count = String.length text
    let parts = Native.blank count
    for i = 0 to count - 1 do
        parts.[i] <- f text.[i]
    Native.joinTexts parts

let iter (f: char -> unit) (text: string) =
    for i = 0 to String.length text - 1 do
        f text.[i]

let iteri (f: int -> char -> unit) (text: string) =
    for i = 0 to String.length text - 1 do
        f i text.[i]

let rec existsFrom (f: char -> bool) (text: string) i =
    i < String.length text && (f text.[i] || existsFrom f text (i + 1))

let exists f text = existsFrom f text 0

let rec forallFrom (f: char -> bool) (text: string) i =
    i >= String.length text || (f text.[i] && forallFrom f text (i + 1))

let forall f text = forallFrom f text 0

let rec filterOnto (f: char -> bool) (text: string) i kept =
    if i < String.length text then
        let unit = text.[i]
        if f unit then filterOnto f text (i + 1) (unit :: kept) else filterOnto f text (i + 1) kept
    else
        String.ofChars (List.rev kept)

let filter f text = filterOnto f text 0 []

let rec initOnto (f: int -> string) count i parts =
    if i < count then initOnto f count (i + 1) (f i :: parts) else String.join "" (List.rev parts)

let init count f =
    Native.notNegative "String.init" count
    initOnto f count 0 []
