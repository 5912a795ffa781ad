export { type JitOptions, jit } from "./engine.js";
