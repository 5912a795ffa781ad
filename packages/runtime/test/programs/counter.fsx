// Counts calls; the state goes from version to version.
let mutable count = 0

let version () = VERSION

let next () =
    let before = count
    count <- count + 1
    // Both numbers are of one version, or the program is torn.
    (VERSION, before + 1, VERSION)

let total () = count

let save_state () = count

let restore_state (saved: int) = count <- saved
