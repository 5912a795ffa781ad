export { ProgramExit } from "./errors.js";
export type { RandomSource } from "./random.js";
export { type StandardLibraryOptions, standardLibrary } from "./standard-library.js";
export type { Clock } from "./time.js";
