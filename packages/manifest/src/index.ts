export { ApiVersion, HOST_API_VERSION, InvalidApiVersionError } from "./api-version.js";
export { declareCapabilities } from "./declare-capabilities.js";
export type { ManifestDefinition } from "./define.js";
export { assertManifest, defineManifest } from "./define.js";
export { ManifestError, ManifestSyntaxError } from "./errors.js";
export { manifestJsonSchema } from "./json-schema.js";
export type { Manifest, ManifestDependency, ManifestEntry, ManifestFormat } from "./manifest.js";
export type { Migration } from "./migrate.js";
export { migrateManifest } from "./migrate.js";
export type { ManifestDocument, ParseManifestOptions } from "./parse.js";
export { parseManifest, parseManifestDocument } from "./parse.js";
export type {
  ManifestPath,
  ManifestPosition,
  ManifestProblem,
  ManifestProblemCode,
} from "./problem.js";
export { formatManifestPath } from "./problem.js";
export type { JsonSchema } from "./rule.js";
export { stringifyManifest } from "./stringify.js";
export type { ValidationOptions } from "./validate.js";
export { validateManifest } from "./validate.js";
export { compareVersions, versionSatisfies } from "./version-range.js";
