export type { InputSource } from "./input-source.js";
export { type NodeLibraryOptions, nodeLibrary } from "./node-library.js";
export type { OperationTimes } from "./operation-time.js";
