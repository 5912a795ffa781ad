import type { HostModule, TypeDescriptor } from "@fusabi/vm";
import { mayHoldFunction } from "../capabilities/function-holding.js";
import type { Core, GlobalVariable, Item } from "../core/core.js";
import { CoreFunction } from "../core/function.js";
import { References } from "../core/references.js";
import { CompilerBug } from "../errors.js";
import { ModuleTables } from "../module/tables.js";
import { makeSource, type Span } from "../source/source.js";
import type { ExportedVariable, Statement, TypedProgram, Variable } from "../typed/tree.js";
import { substitute } from "../types/substitute.js";
import { prune, type Type } from "../types/type.js";
import { applyTo } from "./application.js";
import { block, lowerStatement } from "./bindings.js";
import { Environment } from "./environment.js";
import { lowerExpression } from "./expression.js";
import { HostMembers } from "./host-members.js";
import { Lowerer } from "./lowerer.js";

/** A program in Core, with the tables that its instructions will refer to. */
export interface CoreProgram {
  readonly name: string;
  /** Runs the top level. */
  readonly entry: CoreFunction;
  /** All functions, the entry first; some may turn out to be unused. */
  readonly functions: readonly CoreFunction[];
  readonly tables: ModuleTables;
  readonly exports: readonly CoreExport[];
  /** What the top level does when the program is loaded. */
  readonly topLevel: References;
  /** What may be called by whoever reads fields or arrays; undefined when the program keeps no functions in them. */
  readonly storedInside: References | undefined;
}

export interface CoreExport {
  readonly name: string;
  readonly global: GlobalVariable;
  /** The value is a function or may hold one: a host that has it can make the program run. */
  readonly holdsFunction: boolean;
  readonly arity: number;
  readonly parameterNames: readonly string[];
  readonly type: TypeDescriptor;
  readonly doc: string | undefined;
}

export function lowerProgram(program: TypedProgram, hostModules: readonly HostModule[]): CoreProgram {
  const tables = new ModuleTables();
  const span = programSpan(program);
  const entry = new CoreFunction("<script>", 0, undefined, span);
  tables.file(span.source.name);
  // Apart from the entry's own references, which name every function that it makes a value of for the host.
  const loading = new References();
  const context = {
    fn: entry,
    environment: new Environment(undefined, new Map()),
    references: loading,
    exception: undefined,
    accumulator: undefined,
  };
  const lowerer = new Lowerer(tables, new HostMembers(hostModules), context, {
    expression: lowerExpression,
    apply: applyTo,
  });
  const items: Item[] = [];
  const exported = new Set(program.exports.map((item) => item.variable));
  const result = topLevel(lowerer, program.statements, exported, items, () =>
    program.result === undefined ? { kind: "unit", span } : lowerer.expression(program.result),
  );
  entry.body = block(items, result, span);
  lowerer.finish();
  const lambdaArities = arities(program.statements);
  return {
    name: program.name,
    entry,
    functions: lowerer.functions,
    tables,
    exports: program.exports.map((item) => exportOf(lowerer, item, lambdaArities)),
    topLevel: loading,
    storedInside: lowerer.storesInside ? lowerer.stored : undefined,
  };
}

function topLevel(
  lowerer: Lowerer,
  statements: readonly Statement[],
  exported: ReadonlySet<Variable>,
  items: Item[],
  result: () => Core,
): Core {
  for (const statement of statements) {
    // Functions that a host calls later may still need it: at top level, `use` is `let`.
    if (statement.kind === "use") {
      const { variable, value, span } = statement;
      const pattern = { kind: "variable", variable, type: variable.scheme.type, span } as const;
      lowerStatement(lowerer, { kind: "let", pattern, value, span }, items, exported);
    } else lowerStatement(lowerer, statement, items, exported);
  }
  return result();
}

function programSpan(program: TypedProgram): Span {
  const last = program.statements.at(-1);
  const source = program.result?.span.source ?? last?.span.source ?? makeSource(program.name, "");
  return { source, start: 0, end: 0 };
}

/** Number of parameters of the functions that are bound by name. */
function arities(statements: readonly Statement[]): ReadonlyMap<Variable, number> {
  const found = new Map<Variable, number>();
  for (const statement of statements) {
    if (
      statement.kind === "let" &&
      statement.pattern.kind === "variable" &&
      statement.value.kind === "lambda"
    ) {
      found.set(statement.pattern.variable, statement.value.params.length);
    }
    if (statement.kind !== "let-rec") continue;
    for (const { variable, value } of statement.bindings)
      if (value.kind === "lambda") found.set(variable, value.params.length);
  }
  return found;
}

function exportOf(
  lowerer: Lowerer,
  item: ExportedVariable,
  lambdaArities: ReadonlyMap<Variable, number>,
): CoreExport {
  const { variable } = item;
  const global = lowerer.exportedGlobals.get(variable);
  if (global === undefined) throw new CompilerBug(`export '${item.name}' has no value`, variable.span);
  const types = lowerer.exportedTypes.get(variable);
  const type =
    types === undefined ? variable.scheme.type : substitute(variable.scheme.type, (v) => types.get(v));
  const arity = lambdaArities.get(variable) ?? arrows(type);
  const parameterNames = item.parameterNames.slice(0, arity);
  while (parameterNames.length < arity) parameterNames.push(`arg${parameterNames.length + 1}`);
  return {
    name: item.name,
    global,
    holdsFunction: mayHoldFunction(type),
    arity,
    parameterNames,
    type: lowerer.tables.describe(type),
    doc: item.doc,
  };
}

/** A value of a function type can be called with as many arguments as its type shows. */
function arrows(type: Type): number {
  let count = 0;
  for (let at = prune(type); at.kind === "function"; at = prune(at.result)) count++;
  return count;
}
