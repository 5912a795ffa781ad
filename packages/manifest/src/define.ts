import { ApiVersion, InvalidApiVersionError } from "./api-version.js";
import { ManifestError } from "./errors.js";
import type { Manifest } from "./manifest.js";
import { examineManifest } from "./validate.js";
import { writeManifest } from "./written-form.js";

/** What {@link defineManifest} takes: only what a plugin has to say. */
export interface ManifestDefinition {
  readonly name: string;
  readonly version: string;
  readonly apiVersion: ApiVersion | string;
  readonly description?: string;
  readonly authors?: readonly string[];
  readonly license?: string;
  /** Names or aliases. */
  readonly capabilities?: readonly string[];
  readonly dependencies?: readonly {
    readonly name: string;
    readonly version: string;
    readonly optional?: boolean;
  }[];
  /** Path of the `.fsx` file; either this or `bytecode`. */
  readonly source?: string;
  /** Path of the `.fzb` file; either this or `source`. */
  readonly bytecode?: string;
  readonly exports?: readonly string[];
  readonly tags?: readonly string[];
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * A manifest made in code, checked like one that was read. Throws {@link ManifestError} with every problem.
 *
 * @example
 * ```ts
 * const manifest = defineManifest({
 *   name: "shout", version: "1.0.0", apiVersion: "0.21.0", source: "main.fsx", exports: ["shout"],
 * });
 * ```
 */
export function defineManifest(definition: ManifestDefinition): Manifest {
  const { apiVersion, ...rest } = definition;
  const { manifest, problems } = examineManifest({
    ...defined(rest),
    "api-version": writtenVersion(apiVersion),
  });
  if (manifest === undefined) throw new ManifestError(problems);
  return manifest;
}

/**
 * A manifest checked once more, for one that came from where types are not checked. Throws {@link ManifestError}.
 *
 * @example
 * ```ts
 * assertManifest(manifest); // a manifest again, or an error that lists what is wrong
 * ```
 */
export function assertManifest(manifest: Manifest): Manifest {
  const { manifest: checked, problems } = examineManifest(writeManifest(manifest));
  if (checked === undefined) throw new ManifestError(problems);
  return checked;
}

function writtenVersion(version: unknown): unknown {
  if (version instanceof ApiVersion)
    return { major: version.major, minor: version.minor, patch: version.patch };
  if (typeof version !== "string") return version;
  try {
    const { major, minor, patch } = ApiVersion.parse(version);
    return { major, minor, patch };
  } catch (error) {
    if (!(error instanceof InvalidApiVersionError)) throw error;
    throw new ManifestError([
      { severity: "error", code: "INVALID_VALUE", message: error.message, path: ["api-version"] },
    ]);
  }
}

function defined(definition: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(definition).filter(([, value]) => value !== undefined));
}
