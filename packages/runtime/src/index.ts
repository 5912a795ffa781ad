export type { Discovery } from "./discovery.js";
export {
  CallQueueFullError,
  CallQueueTimeoutError,
  RuntimeDisposalError,
  RuntimeDisposedError,
} from "./errors.js";
export { PluginRuntime } from "./plugin-runtime.js";
export type { RuntimeOptions } from "./runtime-options.js";
export type { RuntimeStats } from "./runtime-stats.js";
