/** Names that may stand at a place of a script. */
import type { HostMember, HostModule } from "@fusabi/vm";
import { analyse, lexerOptions } from "./analysis.js";
import { DiagnosticBag } from "./diagnostics/diagnostic.js";
import { intrinsicModule, isHelper } from "./infer/member-table.js";
import { Probe, type ProbeFinding } from "./infer/probe.js";
import { tokenize } from "./lexer/lexer.js";
import { KEYWORDS, type Token } from "./lexer/token.js";
import type { HostEntry, ModuleEntry, TypeEntry, ValueEntry } from "./names/entry.js";
import type { CompileOptions } from "./options.js";
import { makeSource, type Source } from "./source/source.js";
import type { Variable } from "./typed/tree.js";
import { BUILTIN_TYPE_NAMES, constructed, curried, EXN } from "./types/builtin.js";
import { formatType } from "./types/format.js";
import { type CaseInfo, prune, type Type } from "./types/type.js";

/**
 * One proposal.
 *
 * @example
 * check("String.le", { hostModules }).completionsAt(1, 10); // [{ label: "length", kind: "function", type: "string -> int", … }]
 */
export interface Completion {
  readonly label: string;
  readonly kind: "value" | "function" | "module" | "type" | "field" | "member" | "case" | "keyword";
  /** The type in the syntax of the language, where there is one. */
  readonly type: string | undefined;
  readonly doc: string | undefined;
}

/** Makes a name that no program has. */
const MARK = "__here__";

/**
 * Proposals for the word that ends at `offset`, in alphabetical order. The program is read once more with a name there that nothing
 * has: what inference looks for when it meets it is what may be proposed.
 */
export function completionsAt(
  { name, text }: Source,
  offset: number,
  options: CompileOptions,
): readonly Completion[] {
  const word = /[\p{L}\p{Nd}_']*$/u.exec(text.slice(Math.max(0, offset - MAX_WORD), offset))?.[0] ?? "";
  const rest = /^[\p{L}\p{Nd}_']*/u.exec(text.slice(offset, offset + MAX_WORD))?.[0] ?? "";
  const before = text.slice(0, offset - word.length);
  const after = text.slice(offset + rest.length);
  const probed = word + MARK;
  let finding: ProbeFinding | undefined;
  for (const continuation of CONTINUATIONS) {
    const source = makeSource(name, before + probed + continuation + after);
    if (!mentions(source, probed, options)) return [];
    const probe = new Probe(probed);
    const { diagnostics } = analyse(source.text, options, probe);
    finding = probe.finding;
    // What is nested too deeply is not read, whatever follows the word.
    if (finding !== undefined || diagnostics.some(({ code }) => code === "FUS0129")) break;
  }
  const proposals = new Map<string, Completion>();
  for (const proposal of finding === undefined ? [] : proposalsFor(finding, options.hostModules ?? [])) {
    const { label } = proposal;
    if (label.startsWith(word) && isName(label) && !label.endsWith(MARK) && !proposals.has(label))
      proposals.set(label, proposal);
  }
  return [...proposals.values()].sort((a, b) => (a.label < b.label ? -1 : 1));
}

/**
 * What is half-typed is read once it is whole: as it is; as a label of a record; in the head of a conditional, clause, match or loop; as a label of the
 * pattern of a clause, binding or loop; as a label of a record in a list or array.
 */
const CONTINUATIONS: readonly string[] = [
  "",
  " = ()",
  " then ()",
  " -> ()",
  " with _ -> ()",
  " do ()",
  " = _ } -> ()",
  " = _ } = ()",
  " = _ } in () do ()",
  " = () } ]",
  " = () } |]",
];

/** Longer words are nobody's names. */
const MAX_WORD = 200;

/** Whether the text has this name as a token, and not within a string or a comment. */
function mentions(source: Source, name: string, options: CompileOptions): boolean {
  const { tokens } = tokenize(source, new DiagnosticBag("lex"), lexerOptions(options, source.name));
  const isIn = (some: readonly Token[]): boolean =>
    some.some(
      ({ text, value }) =>
        text === name ||
        (value?.type === "template" && value.parts.some((part) => part.kind === "hole" && isIn(part.tokens))),
    );
  return isIn(tokens);
}

function* proposalsFor(finding: ProbeFinding, hostModules: readonly HostModule[]): Iterable<Completion> {
  switch (finding.kind) {
    case "value":
      for (const [label, entry] of finding.values) yield ofEntry(label, entry, hostModules);
      yield* modulesNamed(finding.modules, hostModules);
      for (const label of finding.types) yield ofName(label, "type");
      for (const label of KEYWORDS.keys()) yield ofName(label, "keyword");
      return;
    case "pattern":
      for (const [label, entry] of finding.values) {
        if (entry.kind === "case" || entry.kind === "exception") yield ofEntry(label, entry, hostModules);
      }
      yield* modulesNamed(finding.modules, hostModules);
      for (const label of ["true", "false", "null"]) yield ofName(label, "keyword");
      return;
    case "type":
      for (const label of finding.types) yield ofName(label, "type");
      for (const [label, { synonymOf }] of BUILTIN_TYPE_NAMES)
        if (synonymOf === undefined) yield ofName(label, "type");
      yield* modulesNamed(finding.modules, hostModules);
      return;
    case "module":
      yield* modulesNamed(finding.modules, hostModules);
      return;
    case "within":
      if (finding.module !== undefined) yield* ofModule(finding.module, finding.hidden, hostModules);
      yield* ofType(finding.type);
      return;
    case "member":
      yield* membersOf(finding.type, hostModules);
      return;
    case "label":
      yield* labels(finding);
      return;
  }
}

/** Modules of the program, and the first parts of the names of the host's. */
function* modulesNamed(names: readonly string[], hostModules: readonly HostModule[]): Iterable<Completion> {
  for (const label of names) yield ofName(label, "module");
  for (const module of hostModules) yield ofName(module.name.split(".")[0] ?? "", "module");
}

function* ofModule(
  module: ModuleEntry,
  hidden: boolean,
  hostModules: readonly HostModule[],
): Iterable<Completion> {
  const visible = (label: string): boolean => hidden || !module.hidden.has(label);
  for (const [label, entry] of module.values) if (visible(label)) yield ofEntry(label, entry, hostModules);
  for (const label of module.host?.names() ?? []) {
    const entry = module.host?.value(label);
    if (entry !== undefined) yield ofEntry(label, entry, hostModules);
  }
  for (const label of module.modules.keys()) if (visible(label)) yield ofName(label, "module");
  for (const label of module.types.keys()) if (visible(label)) yield ofName(label, "type");
  const path = `${module.name}.`;
  for (const { name } of hostModules) {
    if (name.startsWith(path)) yield ofName(name.slice(path.length).split(".")[0] ?? "", "module");
  }
}

/** Cases and static members. */
function* ofType(type: TypeEntry | undefined): Iterable<Completion> {
  if (type?.kind !== "declared") return;
  const { declaration } = type;
  if (declaration.kind === "union") for (const info of declaration.cases) yield ofCase(info);
  for (const { name, isStatic, variable } of declaration.members.values()) {
    if (isStatic) yield { ...ofVariable(name, variable), kind: "member" };
  }
}

function ofEntry(label: string, entry: ValueEntry, hostModules: readonly HostModule[]): Completion {
  switch (entry.kind) {
    case "variable":
    case "cell":
      return ofVariable(label, entry.variable);
    case "captured":
      return { label, kind: "value", type: formatType(entry.scheme.type), doc: undefined };
    case "class":
      return ofVariable(label, entry.create);
    case "case":
    case "active-case":
      return ofCase(entry.info);
    case "exception": {
      const types = entry.declaration.fields.map(({ type }) => type);
      return { label, kind: "case", type: formatType(curried(types, EXN)), doc: undefined };
    }
    case "host":
      return ofHost(label, entry, hostModules);
    default:
      return ofName(label, "function");
  }
}

function ofVariable(label: string, { scheme }: Variable): Completion {
  const isFunction = prune(scheme.type).kind === "function";
  return { label, kind: isFunction ? "function" : "value", type: formatType(scheme.type), doc: undefined };
}

function ofCase({ name, union, fields }: CaseInfo): Completion {
  const types = fields.map(({ type }) => type);
  const result = constructed(union.constructor, union.params);
  const argument: readonly Type[] = types.length > 1 ? [{ kind: "tuple", items: types }] : types;
  return { label: name, kind: "case", type: formatType(curried(argument, result)), doc: undefined };
}

function ofHost(label: string, entry: HostEntry, hostModules: readonly HostModule[]): Completion {
  const { definition } = entry;
  const module = hostModules.find(
    ({ name, members }) => name === entry.module && members.get(entry.member) === definition,
  );
  const type = module === undefined ? undefined : typeOfMember(definition, module);
  const isFunction = type === undefined || type.includes("->");
  return { label, kind: isFunction ? "function" : "value", type, doc: definition.doc };
}

function ofName(label: string, kind: Completion["kind"]): Completion {
  return { label, kind, type: undefined, doc: undefined };
}

/** Labels that a record still needs: of the type that is expected, or else of those that have the labels that are there. */
function* labels({ type, records, given }: ProbeFinding & { readonly kind: "label" }): Iterable<Completion> {
  const expected = type === undefined ? [] : [...fieldsOf(type)];
  const fields =
    expected.length > 0
      ? expected
      : records.flatMap((record) => record.fields.map((one) => field(one.label, one.type)));
  for (const one of fields) if (!given.has(one.label)) yield one;
}

function* hostMembers(module: HostModule): Iterable<Completion> {
  for (const [name, member] of module.members) {
    if (("hidden" in member && member.hidden === true) || isHelper(name)) continue;
    yield { label: name, kind: "member", type: typeOfMember(member, module), doc: member.doc };
  }
}

function typeOfMember(member: HostMember, module: HostModule): string | undefined {
  if (!("forms" in member)) return member.type;
  const first = member.forms[0] === undefined ? undefined : module.members.get(member.forms[0]);
  return first === undefined || "forms" in first ? undefined : first.type;
}

/** Fields and members of values of a type. */
function* membersOf(of: Type, hostModules: readonly HostModule[]): Iterable<Completion> {
  const type = prune(of);
  yield* fieldsOf(type);
  const declaration = type.kind === "constructed" ? type.constructor.declaration : undefined;
  for (const { name, isStatic, variable } of declaration?.members.values() ?? []) {
    if (!isStatic) yield { ...ofVariable(name, variable), kind: "member" };
  }
  for (const name of [intrinsicModule(type), "<any>"]) {
    for (const module of hostModules) if (module.name === name) yield* hostMembers(module);
  }
}

function field(label: string, type: Type | undefined): Completion {
  return { label, kind: "field", type: type === undefined ? undefined : formatType(type), doc: undefined };
}

function* fieldsOf(of: Type): Iterable<Completion> {
  const type = prune(of);
  if (type.kind === "anonymous") {
    for (const [index, label] of type.labels.entries()) yield field(label, type.types[index]);
  }
  if (type.kind !== "constructed") return;
  const { declaration } = type.constructor;
  // What the constructor of a class binds, only its members see, as plain names.
  if (declaration?.kind !== "record") return;
  for (const { label, type: fieldType } of declaration.fields) yield field(label, fieldType);
}

function isName(label: string): boolean {
  return /^[\p{L}_][\p{L}\p{Nd}_']*$/u.test(label);
}
