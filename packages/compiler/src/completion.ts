/** Names that may stand at a place of a script. */
import type { HostMember, HostModule } from "@fusabi/vm";
import type { Source } from "./source/source.js";
import { typeNodeAt, variableBefore } from "./typed/lookup.js";
import type { Statement, TypedPattern, TypedProgram, Variable } from "./typed/tree.js";
import { ARRAY, EXN, LIST, MAP, OPTION, REF, SET, STRING } from "./types/builtin.js";
import { formatType } from "./types/format.js";
import { prune, type Type, type TypeConstructor } from "./types/type.js";

/**
 * One proposal.
 *
 * @example
 * check("String.le", { hostModules }).completionsAt(1, 10); // [{ label: "length", kind: "function", type: "string -> int", … }]
 */
export interface Completion {
  readonly label: string;
  readonly kind: "value" | "function" | "module" | "field" | "member" | "case" | "keyword";
  /** The type in the syntax of the language, where there is one. */
  readonly type: string | undefined;
  readonly doc: string | undefined;
}

const KEYWORDS: readonly string[] = [
  "and",
  "as",
  "assert",
  "break",
  "continue",
  "do",
  "done",
  "downto",
  "elif",
  "else",
  "exception",
  "false",
  "finally",
  "for",
  "fun",
  "function",
  "if",
  "in",
  "lazy",
  "let",
  "match",
  "module",
  "mutable",
  "null",
  "of",
  "open",
  "rec",
  "then",
  "to",
  "true",
  "try",
  "type",
  "use",
  "when",
  "while",
  "with",
  "yield",
];

const WORD = /[\p{L}\p{Nd}_']*$/u;
const PATH = /((?:[\p{L}_][\p{L}\p{Nd}_']*\.)*)$/u;

/** Proposals for the word that ends at `offset`, in alphabetical order. */
export function completionsAt(
  program: TypedProgram,
  source: Source,
  offset: number,
  hostModules: readonly HostModule[],
): readonly Completion[] {
  const line = source.text.slice(source.text.lastIndexOf("\n", offset - 1) + 1, offset);
  const word = WORD.exec(line)?.[0] ?? "";
  const before = line.slice(0, line.length - word.length);
  const proposals = new Map<string, Completion>();
  const propose = (completion: Completion): void => {
    if (completion.label.startsWith(word) && !proposals.has(completion.label))
      proposals.set(completion.label, completion);
  };
  if (before.endsWith(".")) {
    const path = PATH.exec(before)?.[1] ?? "";
    const dot = offset - word.length - 1;
    const type = typeOfPath(program, source, dot, path) ?? typeNodeAt(program, source, dot - 1);
    if (type !== undefined) for (const proposal of membersOf(type, hostModules)) propose(proposal);
    for (const proposal of moduleMembers(program, path, hostModules)) propose(proposal);
  } else {
    for (const proposal of namesInScope(program, source, offset, hostModules)) propose(proposal);
  }
  return [...proposals.values()].sort((a, b) => (a.label < b.label ? -1 : 1));
}

/** What stands behind `path`, which ends with a dot: members of host modules and of modules of the program. */
function* moduleMembers(
  program: TypedProgram,
  path: string,
  hostModules: readonly HostModule[],
): Iterable<Completion> {
  for (const module of hostModules) {
    if (module.name !== "" && `${module.name}.` === path) yield* hostMembers(module);
    else if (module.name.startsWith(path))
      yield moduleName(module.name.slice(path.length).split(".")[0] ?? "");
  }
  for (const variable of globalsOf(program)) {
    if (!variable.name.startsWith(path) || path === "") continue;
    const rest = variable.name.slice(path.length);
    if (rest.includes(".")) yield moduleName(rest.slice(0, rest.indexOf(".")));
    else yield ofVariable(variable, rest);
  }
}

function* hostMembers(module: HostModule): Iterable<Completion> {
  for (const [name, member] of module.members) {
    if ("hidden" in member && member.hidden === true) continue;
    const type = typeOfMember(member, module);
    yield { label: name, kind: type?.includes("->") === true ? "function" : "value", type, doc: member.doc };
  }
}

function typeOfMember(member: HostMember, module: HostModule): string | undefined {
  if (!("forms" in member)) return member.type;
  const first = member.forms[0] === undefined ? undefined : module.members.get(member.forms[0]);
  return first === undefined || "forms" in first ? undefined : first.type;
}

function moduleName(label: string): Completion {
  return { label, kind: "module", type: undefined, doc: undefined };
}

/** Of a path whose last label is still missing, so that the tree does not hold it: the type by the names. */
function typeOfPath(program: TypedProgram, source: Source, dot: number, path: string): Type | undefined {
  const [name, ...labels] = path.split(".").slice(0, -1);
  const variable = name === undefined ? undefined : variableBefore(program, source, dot, name);
  let type = variable === undefined ? undefined : prune(variable.scheme.type);
  for (const label of labels) {
    if (type === undefined) return undefined;
    const next: Type | undefined = typeOfField(type, label);
    type = next === undefined ? undefined : prune(next);
  }
  return type;
}

function typeOfField(type: Type, label: string): Type | undefined {
  if (type.kind === "anonymous") return type.types[type.labels.indexOf(label)];
  if (type.kind !== "constructed") return undefined;
  const { declaration } = type.constructor;
  if (declaration?.kind !== "record" && declaration?.kind !== "class") return undefined;
  return declaration.fields.find((field) => field.label === label)?.type;
}

/** Fields and members of values of a type. */
function* membersOf(of: Type, hostModules: readonly HostModule[]): Iterable<Completion> {
  const type = prune(of);
  if (type.kind === "anonymous") {
    for (const [index, label] of type.labels.entries()) yield field(label, type.types[index]);
  }
  if (type.kind !== "constructed") return;
  const { declaration } = type.constructor;
  if (declaration?.kind === "record" || declaration?.kind === "class") {
    for (const { label, type: fieldType } of declaration.fields) yield field(label, fieldType);
  }
  for (const member of declaration?.members.values() ?? []) {
    if (!member.isStatic)
      yield {
        label: member.name,
        kind: "member",
        type: formatType(member.variable.scheme.type),
        doc: undefined,
      };
  }
  const moduleOfType = MEMBER_MODULES.get(type.constructor);
  for (const module of hostModules) {
    if (module.name !== moduleOfType) continue;
    for (const proposal of hostMembers(module)) yield { ...proposal, kind: "member" };
  }
}

const MEMBER_MODULES: ReadonlyMap<TypeConstructor, string> = new Map<TypeConstructor, string>([
  [STRING.constructor, "<string>"],
  [LIST, "<list>"],
  [ARRAY, "<array>"],
  [OPTION, "<option>"],
  [MAP, "<map>"],
  [SET, "<set>"],
  [EXN.constructor, "<exn>"],
  [REF, "<ref>"],
]);

function field(label: string, type: Type | undefined): Completion {
  return { label, kind: "field", type: type === undefined ? undefined : formatType(type), doc: undefined };
}

function* namesInScope(
  program: TypedProgram,
  source: Source,
  offset: number,
  hostModules: readonly HostModule[],
): Iterable<Completion> {
  // The latest declaration of a name counts.
  const globals = [...globalsOf(program)].filter(
    (variable) => variable.span.source !== source || variable.span.start < offset,
  );
  for (const variable of globals.reverse()) {
    const dot = variable.name.indexOf(".");
    if (dot < 0) yield ofVariable(variable, variable.name);
    else yield moduleName(variable.name.slice(0, dot));
  }
  for (const declaration of program.declarations) {
    if (declaration.kind !== "union") continue;
    for (const item of declaration.cases)
      yield {
        label: item.name,
        kind: "case",
        type: formatType(
          item.fields[0]?.type ?? {
            kind: "constructed",
            constructor: declaration.constructor,
            args: declaration.params,
          },
        ),
        doc: undefined,
      };
  }
  for (const module of hostModules) {
    if (module.name === "") yield* hostMembers(module);
    else if (/^\p{L}/u.test(module.name)) yield moduleName(module.name.split(".")[0] ?? "");
  }
  for (const label of KEYWORDS) yield { label, kind: "keyword", type: undefined, doc: undefined };
}

function ofVariable(variable: Variable, label: string): Completion {
  const type = formatType(variable.scheme.type);
  return {
    label,
    kind: prune(variable.scheme.type).kind === "function" ? "function" : "value",
    type,
    doc: undefined,
  };
}

function* globalsOf(program: TypedProgram): Iterable<Variable> {
  for (const statement of program.statements) yield* variablesOf(statement);
}

function* variablesOf(statement: Statement): Iterable<Variable> {
  switch (statement.kind) {
    case "let":
      yield* variablesOfPattern(statement.pattern);
      return;
    case "use":
      yield statement.variable;
      return;
    case "let-rec":
      for (const { variable } of statement.bindings) yield variable;
      return;
    case "do":
      return;
  }
}

function* variablesOfPattern(pattern: TypedPattern): Iterable<Variable> {
  switch (pattern.kind) {
    case "variable":
      yield pattern.variable;
      return;
    case "as":
      yield pattern.variable;
      yield* variablesOfPattern(pattern.pattern);
      return;
    case "tuple":
    case "array":
      for (const item of pattern.items) yield* variablesOfPattern(item);
      return;
    case "record":
      for (const item of pattern.fields) yield* variablesOfPattern(item.pattern);
      return;
    default:
      return;
  }
}
