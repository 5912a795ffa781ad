// Lists what the host does not grant.
// capabilities: terminal:control
// loads: MISSING_CAPABILITY
let attack () = 1
