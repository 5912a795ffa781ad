// Reads a file in a folder that becomes a link to elsewhere while the call runs.
// capabilities: fs:read
// swaps: data/swap
// call: attack []
// fails: FUS0521
// record: denied fs:read File.read
let attack () =
    let before = File.read "data/swap/a.txt"
    Attack.swap ()
    before + File.read "data/swap/a.txt"
