// Doubles a text until memory is gone.
// call: attack []
// fails: FUS0602|FUS0605
let attack () =
    let mutable text = "0123456789"
    while true do text <- text + text
    text
