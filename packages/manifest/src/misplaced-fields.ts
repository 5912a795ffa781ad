import type { ManifestProblem } from "./problem.js";
import type { SourceNode } from "./source-tree.js";

/** A field of the manifest that the text wrote into a dependency. */
export interface MisplacedField {
  readonly key: string;
  /** Index of the dependency that it was written into. */
  readonly dependency: number;
}

/**
 * Finds the fields that were meant for the manifest and fell into a dependency: in TOML every `key = value` below
 * `[[dependencies]]` belongs to that dependency, which many existing manifests overlook. A key counts as misplaced if
 * it names a field of a manifest, none of a dependency, and the manifest has no such field itself.
 */
export function findMisplacedFields(
  written: unknown,
  fields: ReadonlySet<string>,
): readonly MisplacedField[] {
  if (!isTable(written) || !Array.isArray(written["dependencies"])) return [];
  const found = new Map<string, MisplacedField>();
  for (const [dependency, table] of (written["dependencies"] as unknown[]).entries()) {
    if (!isTable(table)) continue;
    for (const key of Object.keys(table)) {
      const meant = fields.has(key) && !OF_DEPENDENCY.has(key) && !Object.hasOwn(written, key);
      if (meant && !found.has(key)) found.set(key, { key, dependency });
    }
  }
  return [...found.values()];
}

/** The manifest as it was meant. */
export function hoistFields(written: unknown, misplaced: readonly MisplacedField[]): unknown {
  if (misplaced.length === 0 || !isTable(written)) return written;
  const dependencies = (written["dependencies"] as readonly Readonly<Record<string, unknown>>[]).map(
    (table, index) => {
      const moved = new Set(misplaced.filter(({ dependency }) => dependency === index).map(({ key }) => key));
      return moved.size === 0
        ? table
        : Object.fromEntries(Object.entries(table).filter(([key]) => !moved.has(key)));
    },
  );
  const hoisted = misplaced.map(({ key, dependency }) => {
    const table = (written["dependencies"] as readonly Readonly<Record<string, unknown>>[])[dependency];
    return [key, table?.[key]] as const;
  });
  return { ...written, dependencies, ...Object.fromEntries(hoisted) };
}

/** Moves the places along with the values. */
export function hoistPlaces(root: SourceNode, misplaced: readonly MisplacedField[]): SourceNode {
  const entries = new Map(root.entries);
  for (const { key, dependency } of misplaced) {
    const node = root.entries.get("dependencies")?.items[dependency]?.entries.get(key);
    if (node !== undefined) entries.set(key, node);
  }
  return { ...root, entries };
}

/** What to tell the author about a field that was moved. */
export function misplacedProblem({ key, dependency }: MisplacedField): ManifestProblem {
  return {
    severity: "warning",
    code: "MISPLACED_FIELD",
    message: `${key} stands below [[dependencies]], where TOML makes it a part of dependencies[${dependency}]; it is taken as a field of the manifest, move it above the first [[dependencies]]`,
    path: [key],
  };
}

const OF_DEPENDENCY: ReadonlySet<string> = new Set(["name", "version", "optional"]);

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
