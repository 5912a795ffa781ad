export { type NodeLibraryOptions, nodeLibrary } from "./node-library.js";
export type { InputSource } from "./standard-input.js";
