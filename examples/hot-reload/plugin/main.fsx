let mutable ticks = 0

let tick () =
    ticks <- ticks + 1
    $"tick {ticks}"

let save_state () = ticks
let restore_state (saved: int) = ticks <- saved
