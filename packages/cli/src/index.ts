export type { ExitCode } from "./exit-code.js";
export { exitCodes } from "./exit-code.js";
export { main } from "./main.js";
