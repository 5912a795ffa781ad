/** What the capability graph of a module says about its uses of capabilities. */
import type { CapabilityReach, ModuleData } from "./module.js";

/**
 * A place in a program that uses a function which needs a capability.
 *
 * @example
 * for (const { operation, capability, line } of capabilityUses(module.data)) console.log(`${line}: ${operation} needs ${capability}`);
 */
export interface CapabilityUse {
  readonly capability: string;
  /** Qualified name of the function: `File.read`. */
  readonly operation: string;
  readonly file: string;
  /** From 1, as the column. */
  readonly line: number;
  readonly column: number;
  /** Function or value that the place is in. */
  readonly within: string;
  /** Exports that can reach the place, in the order of the module. */
  readonly reachedBy: readonly string[];
  /** The top level reaches it when the program is loaded. */
  readonly atLoad: boolean;
}

/** Exports beyond these are not looked at for each place; a program has few. */
const MOST_STEPS = 20_000_000;

/**
 * The places that use a capability, by file and place; undefined for a module that does not carry its capability graph. It is what the module's compiler
 * found, or claims to have found: enough to inform, nothing to rely on for what a module may do.
 *
 * @example
 * const uses = capabilityUses(readModule(bytes)) ?? [];
 */
export function capabilityUses(data: ModuleData): readonly CapabilityUse[] | undefined {
  const { reach } = data;
  if (reach === undefined) return data.imports.some((one) => one.capability !== undefined) ? undefined : [];
  const reachedBy = reach.nodes.map((): string[] => []);
  let steps = 0;
  reach.exports.forEach((root, index) => {
    if (root === undefined || steps > MOST_STEPS) return;
    const name = data.exports[index]?.name ?? "";
    const reached = reachableNodes(reach, root);
    steps += reached.size;
    for (const node of reached) reachedBy[node]?.push(name);
  });
  const atLoad = reach.topLevel === undefined ? new Set<number>() : reachableNodes(reach, reach.topLevel);
  const uses = new Map<string, CapabilityUse>();
  for (const [node, { name, sites }] of reach.nodes.entries()) {
    for (const site of sites) {
      const wanted = data.imports[site.import];
      if (wanted === undefined) continue;
      const operation = wanted.module === "" ? wanted.name : `${wanted.module}.${wanted.name}`;
      for (const capability of capabilitiesOfImport(data, reach, site.import)) {
        const key = `${capability} ${site.import}:${site.file}:${site.line}:${site.column}`;
        const before = uses.get(key);
        // An instance of a generic function for each type: one place in the source.
        const exports = new Set([...(before?.reachedBy ?? []), ...(reachedBy[node] ?? [])]);
        uses.set(key, {
          capability,
          operation,
          file: data.files[site.file] ?? "",
          line: site.line,
          column: site.column,
          within: before?.within ?? name,
          reachedBy: data.exports.flatMap((one) => (exports.has(one.name) ? [one.name] : [])),
          atLoad: before?.atLoad === true || atLoad.has(node),
        });
      }
    }
  }
  return [...uses.values()].sort(
    (a, b) => compareText(a.file, b.file) || a.line - b.line || a.column - b.column,
  );
}

function capabilitiesOfImport(
  data: Pick<ModuleData, "imports">,
  reach: CapabilityReach,
  index: number,
): readonly string[] {
  const first = data.imports[index]?.capability;
  const further = reach.further.find((one) => one.import === index)?.capabilities ?? [];
  return first === undefined ? further : [first, ...further];
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function reachableNodes(reach: CapabilityReach, root: number): ReadonlySet<number> {
  const reached = new Set([root]);
  // A set that grows while it is walked.
  for (const node of reached) for (const mention of reach.nodes[node]?.mentions ?? []) reached.add(mention);
  return reached;
}

/**
 * The capabilities that each node of a capability graph leads to. They are followed backwards from where they are used, so that the time does not depend on
 * how many nodes share what they reach.
 *
 * @example
 * const ofTopLevel = capabilitiesOfNodes(data, reach)[reach.topLevel ?? -1] ?? new Set();
 */
export function capabilitiesOfNodes(
  data: Pick<ModuleData, "imports">,
  reach: CapabilityReach,
): readonly ReadonlySet<string>[] {
  const found = reach.nodes.map(() => new Set<string>());
  const mentionedBy = reach.nodes.map((): number[] => []);
  const users = new Map<string, Set<number>>();
  for (const [index, { sites, mentions }] of reach.nodes.entries()) {
    for (const mention of mentions) mentionedBy[mention]?.push(index);
    for (const site of sites) {
      for (const capability of capabilitiesOfImport(data, reach, site.import)) {
        const known = users.get(capability);
        if (known === undefined) users.set(capability, new Set([index]));
        else known.add(index);
      }
    }
  }
  for (const [capability, reaching] of users) {
    for (const node of reaching) {
      found[node]?.add(capability);
      for (const mention of mentionedBy[node] ?? []) reaching.add(mention);
    }
  }
  return found;
}
