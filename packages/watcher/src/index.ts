export { CircuitOpenError, InvalidWatcherOptionError, ListenerError, WatchError } from "./errors.js";
export type { FileEvent, FileEventType } from "./file-event.js";
export { Listeners, throwUncaught } from "./listeners.js";
export type { Backoff, CircuitBreaker, Debounce, RetryOptions, WatcherOptions } from "./options.js";
export { PluginWatcher, type WatcherEvents } from "./plugin-watcher.js";
export { type RetryEvents, RetryPolicy, type RunOptions } from "./retry-policy.js";
