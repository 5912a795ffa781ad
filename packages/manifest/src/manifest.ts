import type { CapabilityName } from "@fusabi/capabilities";
import type { ApiVersion } from "./api-version.js";

/**
 * What a plugin says about itself, validated: lists that the file leaves out are empty, capabilities are canonical.
 *
 * @example
 * ```ts
 * const manifest: Manifest = parseManifest(text, "toml");
 * manifest.capabilities; // ["fs:read", "net:request"]
 * ```
 */
export interface Manifest {
  /** Lower-case letters, digits and hyphens; unique in a registry. */
  readonly name: string;
  /** Semantic version of the plugin. */
  readonly version: string;
  /** The host API that it was made for. */
  readonly apiVersion: ApiVersion;
  readonly description?: string;
  readonly authors: readonly string[];
  /** SPDX expression. */
  readonly license?: string;
  /** Canonical names, each once, in the order of the file. The safe defaults are declared without being listed. */
  readonly capabilities: readonly CapabilityName[];
  readonly dependencies: readonly ManifestDependency[];
  /** Where the program is, relative to the manifest's folder. */
  readonly entry: ManifestEntry;
  /** Names of the top-level functions that the host may call; `main` needs no listing. */
  readonly exports: readonly string[];
  readonly tags: readonly string[];
  /** Free texts for hosts; they grant nothing. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** The program of a plugin: Fusabi source (`.fsx`) or compiled bytecode (`.fzb`). */
export interface ManifestEntry {
  readonly kind: "source" | "bytecode";
  /** Slash-separated path that stays inside the manifest's folder. */
  readonly path: string;
}

/** Another plugin that this one needs. */
export interface ManifestDependency {
  readonly name: string;
  /** Semantic version range, such as `^1.0`. */
  readonly version: string;
  /** An optional dependency may be missing. */
  readonly optional: boolean;
}

/** The two ways to write a manifest down; the fields are the same. */
export type ManifestFormat = "toml" | "json";
