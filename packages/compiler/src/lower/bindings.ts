/** `let`, `let rec`, `use`: what a name becomes, in a block and at top level. */
import type { Core, Item } from "../core/core.js";
import type { CoreFunction } from "../core/function.js";
import type { Local } from "../core/local.js";
import { References } from "../core/references.js";
import { CompilerBug } from "../errors.js";
import { Patterns } from "../match/pattern.js";
import { matchingOperations } from "../match/rows.js";
import type { Span } from "../source/source.js";
import type { Statement, TypedExpr, TypedPattern, Variable } from "../typed/tree.js";
import type { Meaning } from "./environment.js";
import { callMember } from "./host-members.js";
import type { Lowerer } from "./lowerer.js";
import { decisiveVariables, type GroupBinding, SpecialisedGroup } from "./specialise.js";

type LambdaExpr = Extract<TypedExpr, { kind: "lambda" }>;

/** A block of statements and its value; a `use` takes the rest of the block into its scope. */
export function lowerBlock(
  lowerer: Lowerer,
  statements: readonly Statement[],
  result: TypedExpr,
  span: Span,
): Core {
  return blockFrom(lowerer, statements, 0, () => lowerer.expression(result), span);
}

function blockFrom(
  lowerer: Lowerer,
  statements: readonly Statement[],
  start: number,
  result: () => Core,
  span: Span,
): Core {
  const items: Item[] = [];
  for (let i = start; i < statements.length; i++) {
    const statement = statements[i] as Statement;
    if (statement.kind === "use") {
      return block(
        items,
        lowerUse(lowerer, statement, () => blockFrom(lowerer, statements, i + 1, result, span)),
        span,
      );
    }
    lowerStatement(lowerer, statement, items, NOTHING_EXPORTED);
  }
  return block(items, result(), span);
}

const NOTHING_EXPORTED: ReadonlySet<Variable> = new Set();

export function block(items: readonly Item[], result: Core, span: Span): Core {
  return items.length === 0 ? result : { kind: "block", items, result, span };
}

function lowerUse(lowerer: Lowerer, statement: Extract<Statement, { kind: "use" }>, rest: () => Core): Core {
  const { span } = statement;
  const value = lowerer.expression(statement.value);
  const local = lowerer.declare(statement.variable);
  const body = rest();
  const cleanup = callMember(lowerer, "", "dispose", [lowerer.read(local, span)], span);
  return block([{ kind: "let", local, value, span }], { kind: "try-finally", body, cleanup, span }, span);
}

/** Appends what a statement does to `items`. Globals in `exported` get their value stored where the host finds it. */
export function lowerStatement(
  lowerer: Lowerer,
  statement: Exclude<Statement, { kind: "use" }>,
  items: Item[],
  exported: ReadonlySet<Variable>,
): void {
  switch (statement.kind) {
    case "do":
      items.push({ kind: "do", value: lowerer.expression(statement.expr) });
      return;
    case "let":
      lowerLet(lowerer, statement.pattern, statement.value, statement.span, items, exported);
      return;
    case "let-rec":
      lowerGroup(lowerer, statement.bindings, items, statement.span, exported);
      return;
  }
}

function lowerLet(
  lowerer: Lowerer,
  pattern: TypedPattern,
  value: TypedExpr,
  span: Span,
  items: Item[],
  exported: ReadonlySet<Variable>,
): void {
  if (pattern.kind === "wildcard" || (pattern.kind === "unit" && lowerer.classOf(pattern.type) === "unit")) {
    items.push({ kind: "do", value: lowerer.expression(value) });
    return;
  }
  if (pattern.kind !== "variable") {
    lowerDestructuring(lowerer, pattern, value, span, items, exported);
    return;
  }
  const { variable } = pattern;
  if (!variable.mutable && (value.kind === "lambda" || decisiveVariables([{ variable }]).length > 0)) {
    lowerGroup(lowerer, [{ variable, value }], items, span, exported);
    return;
  }
  if (variable.global) lowerGlobalValue(lowerer, variable, value, items, exported);
  else lowerLocalValue(lowerer, variable, value, items);
}

function lowerLocalValue(lowerer: Lowerer, variable: Variable, value: TypedExpr, items: Item[]): void {
  const lowered = lowerer.expression(value);
  if (!variable.mutable && isRepeatable(lowered)) {
    lowerer.bind(variable, { kind: "constant", value: lowered });
  } else if (
    !variable.mutable &&
    lowered.kind === "local" &&
    !lowered.local.mutable &&
    lowered.local.owner === lowerer.context.fn
  ) {
    // A second name for the same value. The mention of it stays counted, which only keeps its register a little longer.
    lowerer.bind(variable, { kind: "local", local: lowered.local });
  } else {
    items.push({ kind: "let", local: lowerer.declare(variable), value: lowered, span: variable.span });
  }
}

function isRepeatable(core: Core): boolean {
  switch (core.kind) {
    case "int":
    case "float":
    case "bool":
    case "unit":
    case "nil":
    case "null":
    case "string":
      return true;
    default:
      return false;
  }
}

function lowerGlobalValue(
  lowerer: Lowerer,
  variable: Variable,
  value: TypedExpr,
  items: Item[],
  exported: ReadonlySet<Variable>,
): void {
  const global = lowerer.tables.global(variable.name);
  // What the first value is made of runs now; what the variable may hold later does not.
  const references = new References();
  lowerer.context.references.addOther(references);
  global.references.addOther(references);
  const lowered = lowerer.within({ ...lowerer.context, references }, () => lowerer.expression(value));
  const repeatable = !variable.mutable && isRepeatable(lowered);
  lowerer.bind(variable, repeatable ? { kind: "constant", value: lowered } : { kind: "global", global });
  if (!repeatable || exported.has(variable)) {
    items.push({ kind: "do", value: { kind: "assign-global", global, value: lowered, span: variable.span } });
  }
  if (exported.has(variable)) lowerer.exportedGlobals.set(variable, global);
}

function lowerDestructuring(
  lowerer: Lowerer,
  pattern: TypedPattern,
  value: TypedExpr,
  span: Span,
  items: Item[],
  exported: ReadonlySet<Variable>,
): void {
  const references = new References();
  lowerer.context.references.addOther(references);
  const lowered = lowerer.within({ ...lowerer.context, references }, () => lowerer.expression(value));
  const dynamic = lowerer.classOf(value.type) === "any";
  const globals: { readonly variable: Variable; readonly local: Local }[] = [];
  const patterns = new Patterns(lowerer, (variable) => {
    const local = lowerer.declare(variable);
    if (variable.global) globals.push({ variable, local });
    return local;
  });
  const subject = lowerer.local("subject");
  const operations = matchingOperations(patterns, pattern, subject, dynamic);
  items.push({ kind: "destructure", subject, value: lowered, operations, span });
  for (const { variable, local } of globals) {
    const global = lowerer.tables.global(variable.name);
    global.references.addOther(references);
    const read = lowerer.read(local, variable.span);
    items.push({ kind: "do", value: { kind: "assign-global", global, value: read, span: variable.span } });
    lowerer.bind(variable, { kind: "global", global });
    if (exported.has(variable)) lowerer.exportedGlobals.set(variable, global);
  }
}

/** A function, a group of functions that refer to each other, or a value that is compiled per instance. */
function lowerGroup(
  lowerer: Lowerer,
  bindings: readonly GroupBinding[],
  items: Item[],
  span: Span,
  exported: ReadonlySet<Variable>,
): void {
  const decisive = decisiveVariables(bindings);
  if (decisive.length === 0) {
    const meanings = makeGroup(lowerer, bindings, items, span, lowerBodyNow);
    for (const [variable, meaning] of meanings)
      if (exported.has(variable)) exportMeaning(lowerer, variable, meaning, items);
    return;
  }
  const group: SpecialisedGroup = new SpecialisedGroup(lowerer, bindings, decisive, (at, own, into) =>
    makeGroup(at, own, into, span, lowerBodyLater),
  );
  items.push({ kind: "group", items: group.items });
  for (const { variable } of bindings) {
    if (!exported.has(variable)) continue;
    lowerer.exportedTypes.set(variable, group.defaults);
    exportMeaning(lowerer, variable, group.defaultInstance(variable), items);
  }
}

function exportMeaning(lowerer: Lowerer, variable: Variable, meaning: Meaning, items: Item[]): void {
  if (meaning.kind === "global") {
    lowerer.exportedGlobals.set(variable, meaning.global);
    return;
  }
  const { span } = variable;
  const global = lowerer.tables.global(variable.name);
  const value = lowerer.within({ ...lowerer.context, references: global.references }, () =>
    readMeaning(lowerer, meaning, span),
  );
  items.push({ kind: "do", value: { kind: "assign-global", global, value, span } });
  lowerer.exportedGlobals.set(variable, global);
}

function readMeaning(lowerer: Lowerer, meaning: Meaning, span: Span): Core {
  switch (meaning.kind) {
    case "constant":
      return meaning.value;
    case "function":
      return lowerer.functionForHost(meaning.fn, span);
    case "local":
      return lowerer.read(meaning.local, span);
    case "global":
      lowerer.context.references.addGlobal(meaning.global);
      return { kind: "global", global: meaning.global, span };
    case "specialised":
      throw new CompilerBug("an instance is no group", span);
  }
}

type LowerBody = (lowerer: Lowerer, lower: () => void) => void;
const lowerBodyNow: LowerBody = (_, lower) => lower();
const lowerBodyLater: LowerBody = (lowerer, lower) => lowerer.later(lower);

function makeGroup(
  lowerer: Lowerer,
  bindings: readonly GroupBinding[],
  items: Item[],
  span: Span,
  lowerBody: LowerBody,
): ReadonlyMap<Variable, Meaning> {
  const meanings = new Map<Variable, Meaning>();
  const functions: { readonly fn: CoreFunction; readonly lambda: LambdaExpr }[] = [];
  const values: GroupBinding[] = [];
  for (const binding of bindings) {
    const { variable, value } = binding;
    if (value.kind !== "lambda") {
      values.push(binding);
      continue;
    }
    const binder = variable.global ? undefined : lowerer.local(variable.name);
    const fn = lowerer.function(variable.name, value.params.length, binder, variable.span);
    const meaning: Meaning = { kind: "function", fn };
    lowerer.bind(variable, meaning);
    meanings.set(variable, meaning);
    functions.push({ fn, lambda: value });
  }
  const local = functions.filter(({ fn }) => fn.binder !== undefined).map(({ fn }) => fn);
  if (local.length > 0) items.push({ kind: "functions", functions: local, span });
  for (const { fn, lambda } of functions) lowerBody(lowerer, () => lowerFunction(lowerer, fn, lambda));
  for (const { variable, value } of values) {
    const into: Item[] = [];
    if (variable.global) lowerGlobalValue(lowerer, variable, value, into, NOTHING_EXPORTED);
    else lowerLocalValue(lowerer, variable, value, into);
    items.push(...into);
    meanings.set(variable, lowerer.meaning(variable));
  }
  return meanings;
}

/** Gives `fn` the parameters and the body of a lambda. */
export function lowerFunction(lowerer: Lowerer, fn: CoreFunction, lambda: LambdaExpr): void {
  lowerer.inside(fn, () => {
    const items: Item[] = [];
    const compound: { readonly local: Local; readonly pattern: TypedPattern }[] = [];
    fn.params = lambda.params.map((pattern) => {
      if (pattern.kind === "variable") return lowerer.declare(pattern.variable);
      const local = lowerer.local(pattern.kind === "unit" ? "()" : "_");
      if (pattern.kind !== "wildcard" && pattern.kind !== "unit") compound.push({ local, pattern });
      return local;
    });
    for (const { local, pattern } of compound) {
      const patterns = new Patterns(lowerer, (variable) => lowerer.declare(variable));
      const dynamic = lowerer.classOf(pattern.type) === "any";
      const operations = matchingOperations(patterns, pattern, local, dynamic);
      if (operations.length > 0)
        items.push({ kind: "destructure", subject: local, value: undefined, operations, span: pattern.span });
    }
    fn.body = block(items, lowerer.expression(lambda.body), lambda.body.span);
  });
}

/** The parameters of a lambda bound to arguments at once, without a function. */
export function lowerAppliedLambda(
  lowerer: Lowerer,
  lambda: LambdaExpr,
  args: readonly Core[],
  span: Span,
): Core {
  const items: Item[] = [];
  const compound: { readonly local: Local; readonly pattern: TypedPattern }[] = [];
  lambda.params.forEach((pattern, index) => {
    const value = args[index] as Core;
    if (pattern.kind === "variable") {
      items.push({ kind: "let", local: lowerer.declare(pattern.variable), value, span: pattern.span });
    } else if (pattern.kind === "wildcard" || pattern.kind === "unit") {
      items.push({ kind: "do", value });
    } else {
      const local = lowerer.local("argument");
      items.push({ kind: "let", local, value, span: pattern.span });
      compound.push({ local, pattern });
    }
  });
  for (const { local, pattern } of compound) {
    const patterns = new Patterns(lowerer, (variable) => lowerer.declare(variable));
    const operations = matchingOperations(
      patterns,
      pattern,
      lowerer.mention(local),
      lowerer.classOf(pattern.type) === "any",
    );
    items.push({ kind: "destructure", subject: local, value: undefined, operations, span: pattern.span });
  }
  return block(items, lowerer.expression(lambda.body), span);
}
