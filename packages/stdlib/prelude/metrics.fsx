// Measuring: what is timed runs on the machine's own frames, so that it may wait.

let timed (name: string) (f: unit -> 'a) =
    let started = Native.stopwatch name
    try
        f ()
    finally
        Native.observeSince name started
