// Sleeps beyond its time.
// call: attack []
// fails: FUS0604
let attack () = Async.RunSynchronously (Async.sleep 100000)
