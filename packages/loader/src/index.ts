export { LoaderFileError, ManifestFileError } from "./errors.js";
export type { LoaderOptions, LoadOptions, LoadWarning } from "./loader-options.js";
export { PluginLoader } from "./plugin-loader.js";
export type { PluginPeers } from "./plugin-peers.js";
export { readManifest, readManifestDocument } from "./read-manifest.js";
