// Calls a function that the host does not have.
// loads: COMPILATION_FAILED
let attack () = Kernel.panic ()
