// Uses a function of the library as a value after its capability was revoked.
// capabilities: async:spawn
// revokes: async:spawn
// call: attack []
// fails: FUS0520
// record: denied async:spawn Async.parallel|denied async:spawn Async.together
let run = Async.parallel
let attack () = Async.RunSynchronously (run [ Async.Return 1 ])
