/**
 * A question about a place of a program: a name that nothing has, written where somebody is typing. Inference meets it like any unknown
 * name, and before complaining it says here what was looked for, and where.
 */
import type { ModuleEntry, TypeEntry, ValueEntry } from "../names/entry.js";
import type { Scope } from "../names/scope.js";
import type { Name } from "../syntax/ast.js";
import type { RecordDeclaration, Type } from "../types/type.js";

/** What could stand in the place of the probe. */
export type ProbeFinding =
  /** A value, or what leads to one. */
  | {
      readonly kind: "value";
      readonly values: ReadonlyMap<string, ValueEntry>;
      readonly modules: readonly string[];
      readonly types: readonly string[];
    }
  | {
      readonly kind: "pattern";
      readonly values: ReadonlyMap<string, ValueEntry>;
      readonly modules: readonly string[];
    }
  | { readonly kind: "type"; readonly types: readonly string[]; readonly modules: readonly string[] }
  /** A module, as of `open`. */
  | { readonly kind: "module"; readonly modules: readonly string[] }
  /** What a module or a type holds: `List.`, `Shape.`. */
  | {
      readonly kind: "within";
      readonly module: ModuleEntry | undefined;
      readonly type: TypeEntry | undefined;
      readonly hidden: boolean;
    }
  /** A label or member of a value. */
  | { readonly kind: "member"; readonly type: Type }
  /** A label of a record expression. */
  | {
      readonly kind: "label";
      /** Types that the record may have, the likeliest first. */
      readonly records: readonly RecordDeclaration[];
      readonly type: Type | undefined;
      readonly given: ReadonlySet<string>;
    };

export class Probe {
  #finding: ProbeFinding | undefined;

  constructor(readonly name: string) {}

  get finding(): ProbeFinding | undefined {
    return this.#finding;
  }

  /** The position of the probe in a dotted name; -1 if it is not there. */
  in(names: readonly Name[]): number {
    return names.findIndex(({ text }) => text === this.name);
  }

  /** The first finding counts: what is inferred twice (a copy of a binding) is met twice. */
  found(finding: ProbeFinding): void {
    this.#finding ??= finding;
  }

  foundValue(scope: Scope): void {
    this.found({
      kind: "value",
      values: valuesOf(scope),
      modules: unique(scope.names("module")),
      types: unique(scope.names("type")),
    });
  }

  foundPattern(scope: Scope): void {
    this.found({ kind: "pattern", values: valuesOf(scope), modules: unique(scope.names("module")) });
  }

  foundType(scope: Scope): void {
    this.found({ kind: "type", types: unique(scope.names("type")), modules: unique(scope.names("module")) });
  }
}

/** As they are now: what the scope gets later is not visible at the place. */
function valuesOf(scope: Scope): ReadonlyMap<string, ValueEntry> {
  const values = new Map<string, ValueEntry>();
  for (const name of scope.names("value")) {
    const entry = values.has(name) ? undefined : scope.value(name);
    if (entry !== undefined) values.set(name, entry);
  }
  return values;
}

function unique(names: Iterable<string>): readonly string[] {
  return [...new Set(names)];
}
