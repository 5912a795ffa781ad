export type { Discovery } from "./discovery.js";
export {
  CallQueueFullError,
  CallQueueTimeoutError,
  RuntimeDisposalError,
  RuntimeDisposedError,
  StateFileError,
} from "./errors.js";
export type { PluginHealth } from "./health.js";
export { HotReload } from "./hot-reload.js";
export type { HotReloadEvents, ReloadReason } from "./hot-reload-events.js";
export type { LogFields, Logger } from "./logger.js";
export { PluginRuntime } from "./plugin-runtime.js";
export type { RuntimeOptions } from "./runtime-options.js";
export type { RuntimeStats } from "./runtime-stats.js";
export { FileStateStore, MemoryStateStore } from "./state-stores.js";
