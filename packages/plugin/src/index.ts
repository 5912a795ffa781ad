export { inDependencyOrder, unmetDependencies } from "./dependencies.js";
export type {
  DeclaredCapability,
  Fault,
  PluginDiagnostic,
  StackEntry,
  UndeclaredUse,
} from "./errors.js";
export {
  ApiVersionMismatchError,
  ArgumentError,
  CallAbortedError,
  CompilationError,
  DependencyError,
  ExecutionError,
  FunctionNotFoundError,
  IncompatibleProfileError,
  InitializationError,
  InvalidProgramError,
  InvalidStateError,
  LimitExceededError,
  MissingCapabilityError,
  PluginAlreadyLoadedError,
  PluginCrashedError,
  PluginError,
  PluginFileError,
  PluginNotFoundError,
  PluginUnloadedError,
  RegistryFullError,
  ReloadError,
  UndeclaredCapabilityError,
} from "./errors.js";
export type { LifecycleEvent, LifecycleListener } from "./events.js";
export { LifecycleEvents } from "./events.js";
export type { LifecycleOperation, LifecycleState, LifecycleTransition } from "./lifecycle.js";
export { lifecycle } from "./lifecycle.js";
export type { ManagedPluginOptions } from "./managed-plugin.js";
export { ManagedPlugin } from "./managed-plugin.js";
export type {
  CallOptions,
  CallResult,
  Plugin,
  PluginExport,
  PluginInfo,
  PluginUsage,
} from "./plugin.js";
export type { PluginProgram, ProgramInstance } from "./program.js";
