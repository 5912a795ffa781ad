export { inDependencyOrder, unmetDependencies, usersOf } from "./dependencies.js";
export { dependencyCircle } from "./dependency-circles.js";
export type { DependencyPlan, PlanSituation } from "./dependency-plan.js";
export { planDependencies } from "./dependency-plan.js";
export type {
  DeclaredCapability,
  DependencyCircumstances,
  Fault,
  PluginDiagnostic,
  RivalRequirement,
  StackEntry,
  UndeclaredUse,
} from "./errors.js";
export {
  ApiVersionMismatchError,
  ArgumentError,
  CallAbortedError,
  CompilationError,
  DependencyCycleError,
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
export { isHostExport } from "./host-exports.js";
export type { LifecycleOperation, LifecycleState, LifecycleTransition } from "./lifecycle.js";
export { lifecycle } from "./lifecycle.js";
export type { ManagedPluginOptions } from "./managed-plugin.js";
export { ManagedPlugin } from "./managed-plugin.js";
export type {
  CallOptions,
  CallResult,
  Plugin,
  PluginExport,
  PluginFailure,
  PluginInfo,
  PluginUsage,
  StopOptions,
} from "./plugin.js";
export type { PluginProgram, ProgramInstance } from "./program.js";
export type { StateStore } from "./state-store.js";
