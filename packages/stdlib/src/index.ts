export { type CommandInfo, CommandRegistry } from "./command-registry.js";
export { ConfigStore } from "./config-store.js";
export { type CryptoSource, webCrypto } from "./crypto.js";
export { ConfigSettingError, FormatterResultError, ProgramExit, UnknownCommandError } from "./errors.js";
export { type DeliveryFailure, EventHub, type EventHubOptions, type ProgramEvent } from "./event-hub.js";
export {
  FormatterRegistry,
  type FormatterResult,
  type StatusInfo,
  type StatusSegment,
  type TabInfo,
} from "./formatter-registry.js";
export type { HostedParts } from "./hosted-modules.js";
export type { LogEntry, LogLevel, LogSink } from "./log.js";
export type { MetricsSink } from "./metrics.js";
export { NavigationRegistry, type NavigationView } from "./navigation-state.js";
export type { PluginCallRequest, PluginNetwork } from "./plugin-calls.js";
export type { RandomSource } from "./random.js";
export type { ScriptCompilation, ScriptEvaluation } from "./script.js";
export { type StandardLibraryOptions, standardLibrary } from "./standard-library.js";
export type { TerminalProcess, TerminalProvider } from "./terminal.js";
export type { Clock } from "./time.js";
