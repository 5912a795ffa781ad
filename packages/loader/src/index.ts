export { dependencyModules } from "./dependency-modules.js";
export { LoaderFileError, ManifestFileError } from "./errors.js";
export type {
  LoaderOptions,
  LoadOptions,
  LoadWarning,
  ManifestLoadOptions,
  PackageLoadOptions,
} from "./loader-options.js";
export { PluginLoader } from "./plugin-loader.js";
export type { PluginPackages } from "./plugin-packages.js";
export { findPluginPackages, manifestIn } from "./plugin-packages.js";
export type { PluginPeers } from "./plugin-peers.js";
export { readManifest, readManifestDocument } from "./read-manifest.js";
