// Programs
export { decodeV1 } from "./decode.js";
export { disassembleV1 } from "./disassemble.js";
export { namesUsedV1 } from "./names-used.js";
export type { ProgramV1 } from "./program.js";
export { resolveNamesV1 } from "./resolve-names.js";

// Running them
export { type RunOptionsV1, type RunResultV1, runV1 } from "./run.js";
