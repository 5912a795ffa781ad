let rec private loop n = loop (n + 1)

/// Counts for ever.
let count () = loop 0
