// Lists a capability that is none.
// capabilities: fs:everything
// loads: INVALID_MANIFEST|MANIFEST
let attack () = 1
