export type { BatchOutcome, RegistryOptions, RegistryStats } from "./plugin-registry.js";
export { PluginRegistry } from "./plugin-registry.js";
