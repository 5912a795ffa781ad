import { expandCapability, printable } from "@fusabi/capabilities";
import { ApiVersion } from "./api-version.js";
import { checkConventions } from "./conventions.js";
import type { Manifest } from "./manifest.js";
import type { WrittenManifest } from "./manifest-rules.js";
import { manifestRule, oldApiVersion } from "./manifest-rules.js";
import type { ManifestProblem } from "./problem.js";
import { Place } from "./rule.js";

/** How strictly a manifest is read. */
export interface ValidationOptions {
  /**
   * Default true. False turns errors in the fields that only describe (description, authors, license, tags, metadata)
   * into warnings; what is wrong there is left out.
   */
  readonly strict?: boolean;
}

/**
 * Everything that is wrong or doubtful in a manifest that was read from JSON or TOML, or built as such an object (keys
 * as the files write them, `api-version` among them). Empty: it is fine. Never throws.
 *
 * @example
 * ```ts
 * validateManifest({ name: "My Plugin", version: "1.0.0" }).map((problem) => problem.message);
 * ```
 */
export function validateManifest(value: unknown, options?: ValidationOptions): readonly ManifestProblem[] {
  return examineManifest(value, options).problems;
}

/** What an examination finds: the manifest if no problem is an error, and all problems. */
export interface Examination {
  readonly manifest: Manifest | undefined;
  readonly problems: readonly ManifestProblem[];
}

/** Reads a written manifest, checks all fields and their relations, and collects every problem. */
export function examineManifest(value: unknown, { strict = true }: ValidationOptions = {}): Examination {
  const found: ManifestProblem[] = [];
  const top = new Place(found);
  const written = manifestRule.read(value, top);
  if (written === undefined) return { manifest: undefined, problems: found };
  const raw = value as Readonly<Record<string, unknown>>;
  checkEntry(raw, top);
  checkDependencyNames(raw, top);
  const hasOldForm = checkOldApiVersion(raw, top);
  const { metadata = {}, exports = [] } = written;
  const broken = found.some(({ severity }) => severity === "error");
  // What is usual matters once the manifest is one.
  const breaches = checkConventions({ metadata, exports });
  found.push(...breaches.filter(({ severity }) => severity === "warning" || !broken));
  const problems = found
    .filter(
      ({ code, path }) =>
        !(hasOldForm && code === "MISSING_FIELD" && path.length === 1 && path[0] === "api-version"),
    )
    .map((problem) =>
      !strict && isDescriptive(problem) ? { ...problem, severity: "warning" as const } : problem,
    );
  const usable = problems.every(({ severity }) => severity !== "error");
  return { manifest: usable ? toManifest(written as WrittenManifest) : undefined, problems };
}

function checkEntry(raw: Readonly<Record<string, unknown>>, top: Place): void {
  const [source, bytecode] = [Object.hasOwn(raw, "source"), Object.hasOwn(raw, "bytecode")];
  if (source && bytecode) {
    top
      .at("bytecode")
      .error("CONFLICTING_FIELDS", "a manifest has either source or bytecode, not both; remove one");
  } else if (!source && !bytecode) {
    top.at("source").error("MISSING_FIELD", 'missing field source or bytecode; write source = "main.fsx"');
  }
}

/** A plugin needs no version of itself, and of another one not two. */
function checkDependencyNames(raw: Readonly<Record<string, unknown>>, top: Place): void {
  const { name: own, dependencies } = raw;
  if (!Array.isArray(dependencies)) return;
  const seen = new Set<string>();
  for (const [index, dependency] of (dependencies as readonly unknown[]).entries()) {
    if (dependency === null || typeof dependency !== "object" || !("name" in dependency)) continue;
    const { name } = dependency;
    if (typeof name !== "string") continue;
    const place = top.at("dependencies").at(index).at("name");
    if (name === own) place.error("CONFLICTING_FIELDS", `${place} is the plugin itself; remove it`);
    else if (seen.has(name)) {
      const hint = `${place}: ${printable(name)} stands twice in dependencies; write one range for it`;
      place.error("CONFLICTING_FIELDS", hint);
    }
    seen.add(name);
  }
}

function checkOldApiVersion(raw: Readonly<Record<string, unknown>>, top: Place): boolean {
  if (!Object.hasOwn(raw, "api_version")) return false;
  top.at("api_version").error("OLD_API_VERSION", oldApiVersion(raw["api_version"]));
  return true;
}

const DESCRIPTIVE: ReadonlySet<unknown> = new Set(["description", "authors", "license", "tags", "metadata"]);

function isDescriptive({ severity, path }: ManifestProblem): boolean {
  return severity === "error" && DESCRIPTIVE.has(path[0]);
}

function toManifest(written: WrittenManifest): Manifest {
  const { major, minor, patch } = written["api-version"];
  return Object.freeze({
    name: written.name,
    version: written.version,
    apiVersion: new ApiVersion(major, minor, patch),
    ...(written.description === undefined ? {} : { description: written.description }),
    authors: Object.freeze([...(written.authors ?? [])]),
    ...(written.license === undefined ? {} : { license: written.license }),
    capabilities: Object.freeze([...new Set((written.capabilities ?? []).flatMap(expandCapability))]),
    dependencies: Object.freeze(
      (written.dependencies ?? []).map(({ name, version, optional = false }) =>
        Object.freeze({ name, version, optional }),
      ),
    ),
    entry: Object.freeze(
      written.source === undefined
        ? { kind: "bytecode" as const, path: written.bytecode ?? "" }
        : { kind: "source" as const, path: written.source },
    ),
    exports: Object.freeze([...(written.exports ?? [])]),
    tags: Object.freeze([...(written.tags ?? [])]),
    metadata: written.metadata ?? Object.freeze(Object.create(null) as Record<string, string>),
  });
}
