// Calls what only the library itself may call.
// loads: COMPILATION_FAILED
let attack () = Native.blank 10
