// Loads a source from outside of its folder.
// loads: COMPILATION_FAILED|PLUGIN_FILE
#load "../elsewhere.fsx"
let attack () = 1
