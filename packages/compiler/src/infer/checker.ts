/** The state of one inference: levels, the unifier, what is reported, and the operations that every rule needs. */
import { counted } from "../diagnostics/counted.js";
import type { DiagnosticBag, RelatedSpan } from "../diagnostics/diagnostic.js";
import { emptyModule, type HostEntry, type ModuleEntry } from "../names/entry.js";
import { Scope } from "../names/scope.js";
import { Suggestions } from "../names/suggest.js";
import type { Span } from "../source/source.js";
import type { AssignExpr, Expr, Pattern, TypeExpr } from "../syntax/ast.js";
import type { HostExpr, Statement, TypedExpr, TypedPattern, Variable } from "../typed/tree.js";
import { elementType } from "../types/bounds.js";
import { ANY, FLOAT, INT, isAny, isCollection, isConstructed, SEQ, UNIT } from "../types/builtin.js";
import { formatType, formatTypes, isWrittenOperator, operatorText } from "../types/format.js";
import { type Instance, instantiate, monomorphic, quantify, variablesOf } from "../types/scheme.js";
import type { Bound, RecordDeclaration, Scheme, Type, TypeDeclaration, TypeVariable } from "../types/type.js";
import { prune } from "../types/type.js";
import { Unifier, type UnifyFailure } from "../types/unify.js";
import {
  anyOfFunction,
  convertFirstParameter,
  convertFunction,
  functionOfAny,
} from "./function-conversion.js";
import type { HostEnvironment } from "./host-environment.js";
import { MemberTable } from "./member-table.js";
import type { Probe } from "./probe.js";
import { additionHint, conversionHint, indexHint, iterationHint } from "./type-hints.js";

/** The rules call each other through this table, so that each file tells one construct. */
export interface Rules {
  /** Infers an expression. `expected`, if known, guides lambdas, records and literals; the result need not have that type. */
  expr(checker: Checker, expr: Expr, scope: Scope, expected: Type | undefined): TypedExpr;
  /** An expression in statement position: its value is discarded. */
  statement(checker: Checker, expr: Expr, scope: Scope): TypedExpr;
  pattern(checker: Checker, pattern: Pattern, type: Type, binder: Binder): TypedPattern;
  type(checker: Checker, expr: TypeExpr, scope: Scope): Type;
}

/** Collects the variables that one pattern binds. */
export interface Binder {
  readonly scope: Scope;
  readonly variables: Map<string, Variable>;
  /** Inside the right side of an or-pattern: the variables of the left, which it must bind again. */
  readonly reuse: ReadonlyMap<string, Variable> | undefined;
  readonly global: boolean;
  /** The pattern is just the name that a `let` defines: an upper-case one is no slip. */
  readonly defines: boolean;
  readonly mutable: boolean;
}

/** A node whose meaning depends on a type that was open when it was made; settled at the end of the program. */
export interface PendingNode {
  readonly node: TypedExpr;
  readonly settle: () => TypedExpr | undefined;
}

/** Codes that lenient mode turns into warnings (language reference 0.3). */
function isLenientCode(code: string): boolean {
  const number = Number(code.slice(3));
  return (number >= 301 && number <= 312) || (number >= 318 && number <= 321) || number === 202;
}

/** A recursive group under inference: uses of its variables that learn their instantiation when the group is generalised. */
export interface RecursiveGroup {
  readonly variables: Set<Variable>;
  readonly uses: { readonly variable: Variable; instantiation: readonly Type[] }[];
  /** Uses of those whose type the annotations tell, at types of their own. */
  readonly polymorphic?: PolymorphicUse[];
}

/** Such a use. */
export interface PolymorphicUse {
  readonly variable: Variable;
  readonly span: Span;
  instantiation: readonly Type[];
}

export class Checker {
  readonly unifier: Unifier;
  readonly members: MemberTable;
  level = 0;
  /** Type variables of annotations, by name: scoped to the enclosing top-level binding. */
  annotated: Map<string, TypeVariable> = new Map();
  /** Level that owns them. */
  annotatedLevel = 0;
  readonly pending: PendingNode[] = [];
  readonly chosen: HostExpr[] = [];
  readonly groups: RecursiveGroup[] = [];
  readonly declarations: TypeDeclaration[] = [];
  /** Top-level variables, for the report on types that stay open. */
  readonly globals: Variable[] = [];
  /** As written, of global functions. */
  readonly parameterNames: Map<Variable, readonly string[]> = new Map();
  /** Array updates in value positions (5.10). */
  readonly copies: WeakSet<AssignExpr> = new WeakSet();
  /** Untyped union values of lenient mode: the case of each undefined constructor. */
  readonly untyped: ModuleEntry = emptyModule("<untyped>", undefined);
  /** For arguments that are typed already: nothing is looked up in it. */
  readonly emptyScope: Scope = new Scope(undefined);
  /** Records whose labels several declared types have; the latest is taken if nothing else decides. */
  readonly ambiguous: {
    readonly variable: TypeVariable;
    readonly candidates: readonly RecordDeclaration[];
    readonly span: Span;
  }[] = [];
  readonly #atEnd: (() => void)[] = [];
  /** Continuations around the place that is being inferred: the bodies of computation expressions nest by their length. */
  continuations = 0;
  /** What an editor asks; undefined: nothing. */
  probe: Probe | undefined;
  /** Modules of files that could not be loaded: whoever names them has been told why already. */
  readonly missingModules: Set<string> = new Set();
  readonly notedSynonyms: Set<string> = new Set();
  readonly suggestions: Suggestions = new Suggestions();
  /** In a type declaration only its own parameters may be mentioned. */
  closedAnnotations = false;
  /** First place of each type variable of the current annotation scope. */
  readonly annotationSpans: Map<TypeVariable, Span> = new Map();
  #errors = 0;
  #nextVariable = 1;

  constructor(
    readonly bag: DiagnosticBag,
    readonly lenient: boolean,
    readonly host: HostEnvironment,
    readonly rules: Rules,
    readonly file: FileContext,
  ) {
    this.members = new MemberTable(host);
    this.unifier = new Unifier(this.members);
    this.members.attach(this);
  }

  // ------------------------------------------------------------------------------------------------------------ variables

  fresh(name?: string): TypeVariable {
    return this.unifier.fresh(this.level, name);
  }

  freshBounded(bounds: readonly Bound[]): TypeVariable {
    return this.unifier.freshBounded(this.level, bounds);
  }

  variable(
    name: string,
    type: Type,
    span: Span,
    more: { readonly mutable?: boolean; readonly global?: boolean } = {},
  ): Variable {
    return {
      id: this.#nextVariable++,
      name,
      scheme: monomorphic(type),
      mutable: more.mutable ?? false,
      global: more.global ?? false,
      span,
    };
  }

  instantiate(scheme: Scheme): Instance {
    return instantiate(scheme, this.level, this.unifier);
  }

  /** A use of a variable. */
  use(variable: Variable, span: Span): TypedExpr {
    if (variable.scheme.quantified.length > 0) {
      const { type, instantiation } = this.instantiate(variable.scheme);
      this.reportOverflow(span);
      const node = { kind: "variable" as const, variable, instantiation, type, span };
      for (const group of this.groups) if (group.variables.has(variable)) group.polymorphic?.push(node);
      return node;
    }
    const node = {
      kind: "variable" as const,
      variable,
      instantiation: NO_TYPES,
      type: variable.scheme.type,
      span,
    };
    for (const group of this.groups) if (group.variables.has(variable)) group.uses.push(node);
    return node;
  }

  /** A use of a host member that is no overload set. */
  useHost(entry: HostEntry, span: Span): HostExpr {
    const scheme = this.host.scheme(entry);
    const { type, instantiation } = this.instantiate(scheme);
    const chooser =
      scheme.chooser === undefined ? undefined : instantiation[scheme.quantified.indexOf(scheme.chooser)];
    const node: HostExpr = {
      kind: "host",
      module: entry.module,
      member: entry.member,
      definition: entry.definition,
      chooser,
      type,
      span,
    };
    if (chooser !== undefined) this.chosen.push(node);
    return node;
  }

  /** Runs `body` one level deeper: variables that it makes belong to the `let` that it infers. */
  deeper<T>(body: () => T): T {
    this.level++;
    try {
      return body();
    } finally {
      this.level--;
    }
  }

  /**
   * Quantifies what a binding of the next deeper level owns. A variable with label bounds that exactly one declared record type fits becomes
   * that type (4.5).
   */
  generalise(
    types: readonly Type[],
    scope: Scope,
    keep: (variable: TypeVariable) => boolean,
  ): readonly TypeVariable[] {
    this.settleLabels(types, scope);
    return quantify(types, this.level, keep);
  }

  settleLabels(types: readonly Type[], scope: Scope): void {
    for (const variable of this.openVariablesWithLabels(types)) {
      const bound = variable.bounds.find((item) => item.kind === "field");
      if (bound?.kind !== "field") continue;
      const fitting = scope
        .recordsWith(bound.label)
        .filter((record) =>
          variable.bounds.every(
            (item) => item.kind !== "field" || record.fields.some((field) => field.label === item.label),
          ),
        );
      const only = fitting.length === 1 ? fitting[0] : undefined;
      if (only === undefined) continue;
      this.unify(this.members.freshType(only), variable, bound.span);
    }
  }

  private openVariablesWithLabels(types: readonly Type[]): readonly TypeVariable[] {
    if (this.unifier.bounded.length === 0) return [];
    const [only] = types;
    const variables =
      types.length === 1 && only !== undefined
        ? variablesOf(only)
        : [...new Set(types.flatMap((type) => variablesOf(type)))];
    return variables.filter(
      (variable) => variable.level > this.level && variable.bounds.some((bound) => bound.kind === "field"),
    );
  }

  /** Does something when all types are known. */
  later(action: () => void): void {
    this.#atEnd.push(action);
  }

  runLater(): void {
    for (const action of this.#atEnd.splice(0)) action();
  }

  /** Line (from 1) of a later declaration of a name in the same file, for the hint of an undefined name. */
  definedLater(name: string, span: Span): number | undefined {
    return this.file.laterDefinition(name, span);
  }

  // ------------------------------------------------------------------------------------------------------------- reporting

  error(code: string, span: Span, message: string, hint?: string, related?: readonly RelatedSpan[]): void {
    this.#errors++;
    const severity = this.lenient && isLenientCode(code) ? "warning" : "error";
    this.bag.report(severity, code, span, message, {
      ...(hint === undefined ? {} : { hint }),
      ...(related === undefined ? {} : { related }),
    });
  }

  /** Type errors so far: whoever compares two counts knows whether something in between is broken. */
  get errorCount(): number {
    return this.#errors;
  }

  /** What stands for an expression with an error in it: of type `any`, so that nothing follows from it. `parts` are its parts that make sense. */
  broken(span: Span, parts: readonly TypedExpr[] = []): TypedExpr {
    const result: TypedExpr = { kind: "null", type: ANY, span };
    if (parts.length === 0) return result;
    const statements = parts.map((expr): Statement => ({ kind: "do", expr, span: expr.span }));
    return { kind: "block", statements, result, type: ANY, span };
  }

  // ------------------------------------------------------------------------------------------------------------ unification

  /** Makes `actual` equal to `expected`, or reports why not. */
  unify(expected: Type, actual: Type, span: Span, hint?: string): boolean {
    if (this.unifier.unify(expected, actual)) {
      this.reportOverflow(span);
      return true;
    }
    this.reportFailure(this.unifier.failure ?? { kind: "mismatch" }, expected, actual, span, hint);
    return false;
  }

  require(type: Type, bound: Bound, span: Span): boolean {
    if (this.unifier.addBound(type, bound)) return true;
    this.reportFailure(this.unifier.failure ?? { kind: "mismatch" }, type, type, span);
    return false;
  }

  reportOverflow(span: Span): void {
    if (!this.unifier.overflowed) return;
    this.unifier.overflowed = false;
    this.bag.error(
      "FUS0129",
      span,
      "Nested too deeply: the type of this expression is too large",
      "Split it, or annotate the type",
    );
  }

  reportFailure(failure: UnifyFailure, expected: Type, actual: Type, span: Span, hint?: string): void {
    switch (failure.kind) {
      case "occurs": {
        this.error(
          "FUS0302",
          span,
          `The type ${formatType(failure.type)} would contain itself`,
          "Check for a missing argument or a list used as its element",
        );
        return;
      }
      case "bound":
        this.reportBound(failure.bound, failure.type, span);
        return;
      case "label":
        this.reportMismatch(failure.expected, failure.actual, span);
        return;
      case "mismatch":
        this.reportMismatch(expected, actual, span, hint);
        return;
    }
  }

  reportMismatch(expected: Type, actual: Type, span: Span, hint?: string): void {
    const [wanted, got] = formatTypes(expected, actual);
    this.error(
      "FUS0301",
      span,
      `Expected ${wanted}, got ${got}`,
      hint ?? conversionHint(prune(expected), prune(actual)),
    );
  }

  #reportNumber(bound: Bound, shown: string, span: Span): void {
    const operator = operatorText(bound);
    if (/^\w/.test(operator)) {
      const hint = shown === "int" ? "Convert with `float`" : undefined;
      this.error("FUS0304", span, `${shown} has no static member '${operator}'`, hint);
      return;
    }
    const message = isWrittenOperator(bound)
      ? `'${operator}' does not work on ${shown}`
      : `${shown} is no number`;
    this.error("FUS0303", span, message, "Works on int, float");
  }

  reportBound(bound: Bound, type: Type, span: Span): void {
    const shown = formatType(type);
    switch (bound.kind) {
      case "add":
        this.error("FUS0303", span, `'${operatorText(bound)}' does not work on ${shown}`, additionHint(type));
        return;
      case "num":
        this.#reportNumber(bound, shown, span);
        return;
      case "bits":
        this.error("FUS0303", span, `'${operatorText(bound)}' does not work on ${shown}`, "Works on int");
        return;
      case "eq":
      case "ord":
        if (bound.kind === "ord" && !containsFunction(type, 0)) {
          this.error(
            "FUS0303",
            span,
            `'${operatorText(bound)}' does not work on ${shown}`,
            "Works on ordered types",
          );
        } else this.error("FUS0307", span, "Functions cannot be compared", "Compare results instead");
        return;
      case "field":
      case "call":
        this.members.reportMissing(type, bound.label, span, bound.span);
        return;
      case "elem":
        this.error("FUS0305", span, `${shown} cannot be iterated`, iterationHint(type));
        return;
      case "index":
        this.error("FUS0306", span, `${shown} cannot be indexed`, indexHint(type));
        return;
      case "exactly":
      case "variant":
        this.error(
          "FUS0301",
          span,
          `Expected ${bound.kind === "exactly" ? `{ ${bound.labels.join("; ")} }` : "another type"}, got ${shown}`,
        );
        return;
    }
  }

  // ------------------------------------------------------------------------------------------------------------ conversions

  /** Infers an expression where a type is expected, and converts it (4.6). */
  check(expr: Expr, scope: Scope, expected: Type, hint?: string): TypedExpr {
    return this.coerce(this.rules.expr(this, expr, scope, expected), expected, hint);
  }

  infer(expr: Expr, scope: Scope, expected?: Type): TypedExpr {
    return this.rules.expr(this, expr, scope, expected);
  }

  /** The value as one of the expected type, or an error. */
  coerce(node: TypedExpr, rawExpected: Type, hint?: string): TypedExpr {
    const actual = prune(node.type);
    const expected = prune(rawExpected);
    if (actual === expected) return node;
    if (expected.kind === "constructed" && actual.kind === "constructed") {
      if (isAny(expected))
        return isAny(actual) ? node : { kind: "coerce", expr: node, type: ANY, span: node.span };
      if (isAny(actual)) {
        this.unifier.unify(expected, actual);
        return { kind: "coerce", expr: node, type: expected, span: node.span };
      }
      if (expected.constructor === FLOAT.constructor && actual.constructor === INT.constructor) {
        if (node.kind === "int")
          return { kind: "float", value: Number(node.value), type: FLOAT, span: node.span };
        return { kind: "coerce", expr: node, type: FLOAT, span: node.span };
      }
      if (expected.constructor === SEQ && isCollection(actual)) {
        this.unify(expected.args[0] as Type, elementType(actual) as Type, node.span, hint);
        return { kind: "coerce", expr: node, type: expected, span: node.span };
      }
    } else if (isAny(expected) && actual.kind !== "variable") {
      const value = actual.kind === "function" ? anyOfFunction(this, node, actual) : node;
      return { kind: "coerce", expr: value, type: ANY, span: node.span };
    } else if (isAny(actual) && expected.kind !== "variable") {
      this.unifier.unify(expected, actual);
      if (expected.kind === "function") return functionOfAny(this, node, expected);
      return { kind: "coerce", expr: node, type: expected, span: node.span };
    }
    if (actual.kind === "function" && expected.kind === "function") {
      const given = prune(expected.parameter);
      if (isConstructed(prune(actual.parameter), SEQ) && isCollection(given))
        return convertFirstParameter(this, node, expected);
      if (this.#givesSequence(actual, expected)) return convertFunction(this, node, expected);
    }
    if (!this.unify(expected, actual, valueSpan(node), hint)) return this.viaAny(node, expected);
    if (!this.unifier.metAny) return node;
    if (actual.kind === "function" && expected.kind === "function")
      return convertFunction(this, node, expected);
    return { kind: "coerce", expr: node, type: expected, span: node.span };
  }

  /** Does a function give a list, array, … where one that gives a seq is expected? Its parameters may tell what it gives. */
  #givesSequence(actual: Type, expected: Type): boolean {
    const [given, wanted] = [prune(actual), prune(expected)];
    if (given.kind !== "function" || wanted.kind !== "function")
      return isConstructed(wanted, SEQ) && isCollection(given);
    if (!isConstructed(lastResult(wanted), SEQ)) return false;
    this.unifier.unify(wanted.parameter, given.parameter);
    return this.#givesSequence(given.result, wanted.result);
  }

  /** After a mismatch: lenient mode treats the value as `any` and checks it at run time. */
  viaAny(node: TypedExpr, expected: Type): TypedExpr {
    const dynamic: TypedExpr = isAny(prune(node.type))
      ? node
      : { kind: "coerce", expr: node, type: ANY, span: node.span };
    return { kind: "coerce", expr: dynamic, type: expected, span: node.span };
  }

  /** A value whose type must be unit, `any` or not known yet, because nobody looks at it (4.12). */
  discard(node: TypedExpr): TypedExpr {
    const type = prune(node.type);
    if (type.kind === "variable") {
      this.unifier.unify(UNIT, type);
      return node;
    }
    if (isConstructed(type, UNIT.constructor) || isAny(type)) return node;
    const reported = node.kind === "coerce" && node.expr.kind === "null";
    if (reported) return node;
    if (type.kind === "function") {
      let missing = 0;
      for (let at: Type = type; at.kind === "function"; at = prune(at.result)) missing++;
      this.error(
        "FUS0322",
        valueSpan(node),
        `A function value is discarded; ${counted(missing, "argument")} missing`,
        `It still takes ${formatType(type.parameter)}: add what is missing, or bind the function with \`let\``,
      );
    } else {
      this.bag.warning(
        "FUS0410",
        valueSpan(node),
        `This ${formatType(type)} value is discarded`,
        "Bind it with `let _ =` or use `ignore`",
      );
    }
    return node;
  }

  /** A variable without a name in the source, holding a value that must be evaluated here. */
  bindTemporary(value: TypedExpr, statements: Statement[]): TypedExpr {
    const variable = this.variable("it", value.type, value.span);
    statements.push({
      kind: "let",
      pattern: { kind: "variable", variable, type: value.type, span: value.span },
      value,
      span: value.span,
    });
    return { kind: "variable", variable, instantiation: NO_TYPES, type: value.type, span: value.span };
  }
}

const NO_TYPES: readonly Type[] = [];

/** Where the value of an expression is written: a block has that of its last item. */
export function valueSpan(node: TypedExpr): Span {
  let at = node;
  while (at.kind === "block") at = at.result;
  return at.span;
}

/** The file being checked; changes when a `#load` is followed. */
export interface FileContext {
  /** Qualified name of the module being checked, with a dot behind it; empty at the top. */
  prefix: string;
  laterDefinition(name: string, span: Span): number | undefined;
}

function lastResult(type: Type): Type {
  let at = prune(type);
  while (at.kind === "function") at = prune(at.result);
  return at;
}

function containsFunction(raw: Type, depth: number): boolean {
  const type = prune(raw);
  if (depth > 20) return false;
  switch (type.kind) {
    case "function":
      return true;
    case "variable":
      return false;
    case "constructed":
      return type.args.some((arg) => containsFunction(arg, depth + 1));
    case "tuple":
      return type.items.some((item) => containsFunction(item, depth + 1));
    case "anonymous":
      return type.types.some((item) => containsFunction(item, depth + 1));
  }
}
