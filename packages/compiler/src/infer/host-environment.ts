/** The names that the host provides: lazily looked up, their signatures parsed once per member for all compilations. */
import { type HostMember, type HostModule, signatureOf, type TypeDescriptor } from "@fusabi/vm";
import {
  emptyModule,
  type HostEntry,
  type HostNames,
  type ModuleEntry,
  type ValueEntry,
} from "../names/entry.js";
import type { IntrinsicName } from "../typed/tree.js";
import {
  ANY,
  ARRAY,
  ASYNC,
  ASYNC_STATE_DECLARATION,
  BOOL,
  BUILTIN_TYPE_NAMES,
  CHAR,
  constructed,
  EXN,
  FAILURE_DECLARATION,
  FLOAT,
  functionType,
  INT,
  LAZY,
  LIBRARY_TYPES,
  LIST,
  MAP,
  NOWHERE,
  OPTION,
  OPTION_DECLARATION,
  REF,
  RESULT,
  RESULT_DECLARATION,
  SEQ,
  SET,
  STRING,
  tupleOf,
  UNIT,
} from "../types/builtin.js";
import type { Bound, Scheme, Type, TypeConstructor, TypeVariable } from "../types/type.js";
import { GENERIC_LEVEL } from "../types/type.js";

/** A member's type, with what the application rules want to know about it. */
export interface HostScheme extends Scheme {
  /** Arguments of a saturated call; 0 for a constant. */
  readonly arity: number;
  /** Of a variant member: the quantified variable whose type chooses. */
  readonly chooser: TypeVariable | undefined;
}

/** Parsed signatures; a member is data that never changes, so they stay true as long as the member lives. */
const schemes = new WeakMap<HostMember, HostScheme>();

const INTRINSICS: ReadonlySet<string> = new Set<IntrinsicName>([
  "raise",
  "reraise",
  "failwith",
  "ref",
  "not",
  "ignore",
  "id",
  "fst",
  "snd",
  "string",
  "compare",
]);
const FORMATS: ReadonlySet<string> = new Set([
  "printf",
  "printfn",
  "eprintf",
  "eprintfn",
  "sprintf",
  "failwithf",
]);

export class HostEnvironment implements HostNames {
  readonly #modules = new Map<string, HostModule[]>();
  readonly #entries = new Map<string, ModuleEntry>();
  readonly #core = new Map<string, ValueEntry | undefined>();

  constructor(hostModules: readonly HostModule[]) {
    for (const module of hostModules) {
      const known = this.#modules.get(module.name);
      if (known === undefined) this.#modules.set(module.name, [module]);
      else known.push(module);
    }
  }

  /** A core name. */
  value(name: string): ValueEntry | undefined {
    if (this.#core.has(name)) return this.#core.get(name);
    const entry = this.#coreEntry(name);
    this.#core.set(name, entry);
    return entry;
  }

  #coreEntry(name: string): ValueEntry | undefined {
    if (FORMATS.has(name)) return { kind: "format", name: name as "printf" };
    if (name === "box" || name === "unbox") return { kind: "dynamic", name };
    if (INTRINSICS.has(name)) return { kind: "intrinsic", name: name as IntrinsicName };
    for (const union of [OPTION_DECLARATION, RESULT_DECLARATION, ASYNC_STATE_DECLARATION]) {
      const info = union.cases.find((item) => item.name === name);
      if (info !== undefined) return { kind: "case", info };
    }
    if (name === FAILURE_DECLARATION.name) return { kind: "exception", declaration: FAILURE_DECLARATION };
    // `int64 x` and `double x`: the language has one integer and one float type.
    const synonym = BUILTIN_TYPE_NAMES.get(name)?.synonymOf;
    const member = this.member("", name) ?? (synonym === undefined ? undefined : this.member("", synonym));
    return member === undefined || isHidden(member.definition) ? undefined : member;
  }

  *names(): Iterable<string> {
    yield* INTRINSICS;
    yield* FORMATS;
    yield* ["box", "unbox"];
    yield* ["Some", "None", "Ok", "Error", "Pending", "Ready", "Failed", "Cancelled"];
    yield* this.namesIn("");
  }

  *namesIn(module: string): Iterable<string> {
    for (const part of this.#modules.get(module) ?? []) {
      for (const [name, member] of part.members) if (!isHidden(member)) yield name;
    }
  }

  hasModule(name: string): boolean {
    return this.#modules.has(name);
  }

  *moduleNames(): Iterable<string> {
    for (const name of this.#modules.keys()) if (name !== "" && !name.startsWith("<")) yield name;
  }

  /** A host module as a module of the language. */
  module(name: string): ModuleEntry | undefined {
    if (name === "" || name.startsWith("<") || !this.#modules.has(name)) return undefined;
    let entry = this.#entries.get(name);
    if (entry === undefined) {
      const host: HostNames = {
        value: (member) => {
          const found = this.member(name, member);
          return found === undefined || isHidden(found.definition) ? undefined : found;
        },
        names: () => this.namesIn(name),
      };
      entry = emptyModule(name, undefined, { host });
      this.#entries.set(name, entry);
    }
    return entry;
  }

  /** A member by its exact name, hidden ones included; of several modules with one name the last that has it. */
  member(module: string, name: string): HostEntry | undefined {
    const parts = this.#modules.get(module);
    if (parts === undefined) return undefined;
    for (let i = parts.length - 1; i >= 0; i--) {
      const definition = parts[i]?.members.get(name);
      if (definition !== undefined) return { kind: "host", module, member: name, definition };
    }
    return undefined;
  }

  /** The forms of an overload set, or the member itself. */
  forms(entry: HostEntry): readonly HostEntry[] {
    if (!("forms" in entry.definition)) return [entry];
    const forms: HostEntry[] = [];
    for (const name of entry.definition.forms) {
      const form = this.member(entry.module, name);
      if (form !== undefined) forms.push(...this.forms(form));
    }
    return forms;
  }

  /** The type of a member that is no overload set. */
  scheme(entry: HostEntry): HostScheme {
    const known = schemes.get(entry.definition);
    if (known !== undefined) return known;
    const scheme = readScheme(entry.definition);
    schemes.set(entry.definition, scheme);
    return scheme;
  }
}

function isHidden(member: HostMember): boolean {
  return "hidden" in member && member.hidden === true;
}

function readScheme(member: HostMember): HostScheme {
  if ("forms" in member) return { quantified: [], type: ANY, arity: 0, chooser: undefined };
  const signature = signatureOf(member);
  const variables = new Map<string, TypeVariable>();
  const type = typeOfDescriptor(signature.type, variables);
  const constant = "value" in member;
  let chooser: TypeVariable | undefined;
  if ("variants" in member) {
    chooser = variables.get(member.variable.replace(/^'/, ""));
    if (chooser !== undefined) {
      const { statics = [] } = member;
      const needed = statics.map((operator): Bound => ({ kind: "num", operator, span: NOWHERE }));
      // What a declared type needs says what numbers need, too.
      const bounds = chooser.bounds.filter(({ kind }) => kind !== "num" || needed.length === 0);
      chooser.bounds = [...bounds, ...needed, { kind: "variant", span: NOWHERE }];
    }
  }
  return { quantified: [...variables.values()], type, arity: constant ? 0 : signature.arity, chooser };
}

const PRIMITIVES: Readonly<Record<string, Type>> = {
  unit: UNIT,
  int: INT,
  float: FLOAT,
  bool: BOOL,
  string: STRING,
  char: CHAR,
  any: ANY,
  exn: EXN,
};
const CONTAINERS: Readonly<Record<string, TypeConstructor>> = {
  list: LIST,
  array: ARRAY,
  option: OPTION,
  seq: SEQ,
  set: SET,
  async: ASYNC,
  ref: REF,
  lazy: LAZY,
};

/** A checker's type for a signature's; variables of the signature become quantified ones. */
function typeOfDescriptor(descriptor: TypeDescriptor, variables: Map<string, TypeVariable>): Type {
  const convert = (part: TypeDescriptor): Type => typeOfDescriptor(part, variables);
  switch (descriptor.kind) {
    case "map":
      return constructed(MAP, [convert(descriptor.key), convert(descriptor.value)]);
    case "result":
      return constructed(RESULT, [convert(descriptor.ok), convert(descriptor.error)]);
    case "tuple":
      return tupleOf(descriptor.items.map(convert));
    case "function":
      return functionType(convert(descriptor.parameter), convert(descriptor.result));
    case "anonymous":
      return {
        kind: "anonymous",
        labels: descriptor.fields.map((field) => field.label),
        types: descriptor.fields.map((field) => convert(field.type)),
      };
    case "named":
      return ANY;
    case "host": {
      const { name, args = [] } = descriptor;
      const constructor = LIBRARY_TYPES.get(name) ?? {
        name,
        arity: args.length,
        declaration: undefined,
        host: true,
      };
      return constructed(constructor, args.map(convert));
    }
    case "variable": {
      const bounds = descriptor.bounds.map((kind): Bound => ({ kind, span: NOWHERE }));
      const known = variables.get(descriptor.name);
      if (known !== undefined) {
        for (const bound of bounds) {
          if (!known.bounds.some((other) => other.kind === bound.kind))
            known.bounds = [...known.bounds, bound];
        }
        return known;
      }
      const variable: TypeVariable = {
        kind: "variable",
        id: -100 - variables.size,
        level: GENERIC_LEVEL,
        link: undefined,
        bounds,
        name: undefined,
      };
      variables.set(descriptor.name, variable);
      return variable;
    }
    default: {
      const container = CONTAINERS[descriptor.kind];
      if (container !== undefined && "item" in descriptor)
        return constructed(container, [convert(descriptor.item)]);
      return PRIMITIVES[descriptor.kind] ?? ANY;
    }
  }
}
