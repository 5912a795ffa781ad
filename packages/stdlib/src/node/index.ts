export type { InputSource } from "./input-source.js";
export type { ResolveName } from "./name-resolution.js";
export { type NodeLibraryOptions, nodeLibrary } from "./node-library.js";
export type { OperationTimes } from "./operation-time.js";
export type { RehearsedAnswer, RehearsedRequest, RehearseRequest } from "./rehearsed-request.js";
