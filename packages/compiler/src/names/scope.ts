/**
 * Scopes: chains of name tables, innermost first. A block or module adds to its own table in the order of the text, so a name is visible from
 * its declaration downwards; `open` puts a module's tables between.
 */
import type { RecordDeclaration } from "../types/type.js";
import type { HostNames, ModuleEntry, PatternEntry, TypeEntry, ValueEntry } from "./entry.js";

/** Names that are always copied. */
const SMALL = 64;

export class Scope {
  #values: Map<string, ValueEntry> | undefined;
  #patterns: Map<string, PatternEntry> | undefined;
  #types: Map<string, TypeEntry> | undefined;
  #modules: Map<string, ModuleEntry> | undefined;
  #labels: Map<string, readonly RecordDeclaration[]> | undefined;
  #qualifiedOnly: Map<string, string> | undefined;
  #host: HostNames | undefined;

  constructor(
    readonly parent: Scope | undefined,
    /** The module whose body this is: what is declared here becomes a member of it. */
    readonly module: ModuleEntry | undefined = undefined,
  ) {}

  /** A scope in which the members of `module` are visible without prefix. */
  opening(module: ModuleEntry, inside: boolean): Scope {
    const opened = new Scope(this);
    const visible = (name: string): boolean => inside || !module.hidden.has(name);
    if (module.hidden.size === 0 || inside) {
      opened.#values = module.values;
      opened.#patterns = module.patterns;
      opened.#types = module.types;
      opened.#modules = module.modules;
    } else {
      opened.#values = filtered(module.values, visible);
      opened.#patterns = filtered(module.patterns, visible);
      opened.#types = filtered(module.types, visible);
      opened.#modules = filtered(module.modules, visible);
    }
    opened.#host = module.host;
    for (const record of module.records) opened.addLabels(record);
    return new Scope(opened, this.module);
  }

  /**
   * The scopes between this one and `root`, which hold values and patterns only, in few: the inner ones become one, down to a scope with more names than they have together. So
   * however often it is done, a chain stays short and no name is copied often.
   */
  flattened(root: Scope): Scope {
    const inner: Scope[] = [];
    let names = 0;
    let scope: Scope | undefined = this;
    while (scope !== undefined && scope !== root && scope.#size <= Math.max(names, SMALL)) {
      inner.push(scope);
      names += scope.#size;
      scope = scope.parent;
    }
    const flat = new Scope(scope);
    for (const one of inner.reverse()) {
      for (const [name, entry] of one.#values ?? []) flat.defineValue(name, entry);
      for (const [name, entry] of one.#patterns ?? []) flat.definePattern(name, entry);
    }
    return flat;
  }

  get #size(): number {
    return (this.#values?.size ?? 0) + (this.#patterns?.size ?? 0);
  }

  /** A scope over names that are looked up only when asked for. */
  static over(host: HostNames): Scope {
    const scope = new Scope(undefined);
    scope.#host = host;
    return scope;
  }

  defineValue(name: string, entry: ValueEntry): void {
    this.#values ??= new Map();
    this.#values.set(name, entry);
    this.module?.values.set(name, entry);
  }

  definePattern(name: string, entry: PatternEntry): void {
    this.#patterns ??= new Map();
    this.#patterns.set(name, entry);
    this.module?.patterns.set(name, entry);
  }

  defineType(name: string, entry: TypeEntry): void {
    this.#types ??= new Map();
    this.#types.set(name, entry);
    this.module?.types.set(name, entry);
  }

  defineModule(name: string, entry: ModuleEntry): void {
    this.#modules ??= new Map();
    this.#modules.set(name, entry);
    this.module?.modules.set(name, entry);
  }

  defineRecord(record: RecordDeclaration): void {
    this.addLabels(record);
    this.module?.records.push(record);
  }

  /** Says that a case can be reached only as `Type.Case`. */
  requireQualifier(name: string, qualified: string): void {
    this.#qualifiedOnly ??= new Map();
    this.#qualifiedOnly.set(name, qualified);
  }

  addLabels(record: RecordDeclaration): void {
    this.#labels ??= new Map();
    for (const { label } of record.fields) {
      const known = this.recordsWith(label).filter((other) => other !== record && other.name !== record.name);
      this.#labels.set(label, [...known, record]);
    }
  }

  value(name: string): ValueEntry | undefined {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      const entry = scope.#values?.get(name) ?? scope.#host?.value(name);
      if (entry !== undefined) return entry;
    }
    return undefined;
  }

  pattern(name: string): PatternEntry | undefined {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      const entry = scope.#patterns?.get(name);
      if (entry !== undefined) return entry;
    }
    return undefined;
  }

  type(name: string): TypeEntry | undefined {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      const entry = scope.#types?.get(name);
      if (entry !== undefined) return entry;
    }
    return undefined;
  }

  moduleNamed(name: string): ModuleEntry | undefined {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      const entry = scope.#modules?.get(name);
      if (entry !== undefined) return entry;
    }
    return undefined;
  }

  /** Declared record types with this label, the latest last. */
  recordsWith(label: string): readonly RecordDeclaration[] {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      const records = scope.#labels?.get(label);
      if (records !== undefined) return records;
    }
    return NO_RECORDS;
  }

  qualifierOf(name: string): string | undefined {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      const qualified = scope.#qualifiedOnly?.get(name);
      if (qualified !== undefined) return qualified;
    }
    return undefined;
  }

  /** Is this scope inside the body of the module? */
  isInside(module: ModuleEntry): boolean {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      if (scope.module === module) return true;
    }
    return false;
  }

  /** Every name of a kind, for suggestions. */
  *names(kind: "value" | "pattern" | "type" | "module"): Iterable<string> {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      const table =
        kind === "value"
          ? scope.#values
          : kind === "pattern"
            ? scope.#patterns
            : kind === "type"
              ? scope.#types
              : scope.#modules;
      if (table !== undefined) yield* table.keys();
      if (kind === "value" && scope.#host !== undefined) yield* scope.#host.names();
    }
  }
}

const NO_RECORDS: readonly RecordDeclaration[] = [];

function filtered<T>(table: Map<string, T>, visible: (name: string) => boolean): Map<string, T> {
  return new Map([...table].filter(([name]) => visible(name)));
}
