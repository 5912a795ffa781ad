/** Cases and exceptions as functions of their fields (language reference 4.10). */
import { counted } from "../diagnostics/counted.js";
import type { Span } from "../source/source.js";
import type { BinaryExpr, Expr, NameExpr } from "../syntax/ast.js";
import type { TypedExpr } from "../typed/tree.js";
import { constructed, functionType, isAny, tupleOf } from "../types/builtin.js";
import { formatType } from "../types/format.js";
import type { CaseInfo, ExceptionDeclaration, Type } from "../types/type.js";
import { prune } from "../types/type.js";
import {
  type Argument,
  applyFunction,
  type CallSite,
  checkArgument,
  inferArgument,
  propagate,
  tupleComponents,
  typed,
  unparenthesised,
} from "./call.js";
import type { Checker } from "./checker.js";

interface Fields {
  readonly name: string;
  readonly labels: readonly (string | undefined)[];
  readonly types: readonly Type[];
  readonly result: Type;
  build(args: readonly TypedExpr[], span: Span): TypedExpr;
  asFunction(type: Type, span: Span): TypedExpr;
}

export function fieldsOfCase(checker: Checker, info: CaseInfo): Fields {
  const result = constructed(
    info.union.constructor,
    info.union.params.map((param) => checker.fresh(param.name)),
  );
  return {
    name: info.name,
    labels: info.fields.map((field) => field.label),
    types: info.fields.map((field) => checker.members.typeFor(result, info.union, field.type)),
    result,
    build: (args, span) => ({ kind: "case", info, args, type: result, span }),
    asFunction: (type, span) => ({ kind: "case-function", info, type, span }),
  };
}

export function fieldsOfException(declaration: ExceptionDeclaration, exn: Type): Fields {
  return {
    name: declaration.name,
    labels: declaration.fields.map((field) => field.label),
    types: declaration.fields.map((field) => field.type),
    result: exn,
    build: (args, span) => ({ kind: "exception", declaration, args, type: exn, span }),
    asFunction: (type, span) => ({ kind: "exception-function", declaration, type, span }),
  };
}

/** A case without arguments: the value, or a function of its fields. */
export function caseValue(fields: Fields, span: Span): TypedExpr {
  if (fields.types.length === 0) return fields.build([], span);
  const parameter = fields.types.length === 1 ? (fields.types[0] as Type) : tupleOf(fields.types);
  return fields.asFunction(functionType(parameter, fields.result), span);
}

/** A case applied to its fields: one tuple of them, or each as an argument of its own. */
export function applyCase(checker: Checker, fields: Fields, nameSpan: Span, site: CallSite): TypedExpr {
  const { args, span, scope, expected } = site;
  const count = fields.types.length;
  if (expected !== undefined) propagate(checker, fields.result, prune(expected));
  const components =
    args.length === 1 ? (tupleComponents(args[0]) ?? namedField(fields, args[0])) : undefined;
  const named = components === undefined ? undefined : fieldsByLabel(checker, fields, components, span);
  if (named === "wrong") {
    const values = components?.map((item) => checker.infer(isNamed(item) ? item.right : item, scope));
    return checker.coerce(checker.broken(span, values), fields.result);
  }
  if (named !== undefined) {
    return fields.build(
      named.map((value, i) => checker.check(value, scope, fields.types[i] as Type)),
      span,
    );
  }
  if (count === 0) {
    const only = args[0];
    if (
      fields.name === "None" &&
      args.length === 1 &&
      only?.kind === "written" &&
      unparenthesised(only.expr).kind === "unit"
    ) {
      return fields.build([], span);
    }
  } else if (count === 1 && args.length === 1 && !isSurplusTuple(fields, components)) {
    return fields.build([checkArgument(checker, args[0] as Argument, scope, fields.types[0] as Type)], span);
  } else if (components !== undefined && components.length === count) {
    return fields.build(
      components.map((component, i) => checker.check(component, scope, fields.types[i] as Type)),
      span,
    );
  } else if (args.length === count && count > 1) {
    return fields.build(
      args.map((argument, i) => checkArgument(checker, argument, scope, fields.types[i] as Type)),
      span,
    );
  } else if (args.length === 1 && components === undefined) {
    const node = inferArgument(checker, args[0] as Argument, scope);
    const type = prune(node.type);
    if (type.kind === "variable" || isAny(type) || (type.kind === "tuple" && type.items.length === count)) {
      return applyFunction(checker, caseValue(fields, nameSpan), { ...site, args: [typed(node)] });
    }
  }
  const given = components?.length ?? args.length;
  for (const argument of args) inferArgument(checker, argument, scope);
  reportFieldCount(checker, fields, given, span);
  return checker.coerce(checker.broken(span), fields.result);
}

function reportFieldCount(checker: Checker, fields: Fields, given: number, span: Span): void {
  checker.error(
    "FUS0312",
    span,
    `Case '${fields.name}' takes ${counted(fields.types.length, "field")}, not ${given}`,
    declaredAs(fields),
  );
}

function declaredAs({ name, types, labels }: Fields): string {
  return fieldsHint(
    name,
    types.map((type, i) => ({ label: labels[i], type })),
  );
}

/** What the declaration says of the fields of a case. */
export function fieldsHint(
  name: string,
  fields: readonly { readonly label: string | undefined; readonly type: Type }[],
): string {
  if (fields.length === 0) return `Write \`${name}\` alone`;
  const types = fields.map(({ label, type }) =>
    label === undefined ? formatType(type) : `${label}: ${formatType(type)}`,
  );
  return `It is declared as \`${name} of ${types.join(" * ")}\``;
}

/** `Circle (1, 2)` where the only field is known to be no tuple: more fields than there are, and not one of a wrong type. */
function isSurplusTuple(fields: Fields, components: readonly Expr[] | undefined): boolean {
  if (components === undefined || components.length < 2) return false;
  const type = prune(fields.types[0] as Type);
  return type.kind !== "variable" && type.kind !== "tuple" && !isAny(type);
}

/** `Case (label = e)`: a single argument that may be a comparison, unless the case has a field of this name. */
function namedField(fields: Fields, argument: Argument | undefined): readonly Expr[] | undefined {
  if (argument?.kind !== "written") return undefined;
  const expr = unparenthesised(argument.expr);
  return isLabelled(fields, expr) ? [expr] : undefined;
}

/** `label = e`, written as an equation. */
interface NamedValue extends BinaryExpr {
  readonly left: NameExpr;
}

function isNamed(expr: Expr): expr is NamedValue {
  return expr.kind === "binary" && expr.operator.text === "=" && expr.left.kind === "name";
}

function isLabelled(fields: Fields, expr: Expr): boolean {
  return isNamed(expr) && fields.labels.includes(expr.left.name.text);
}

/** The values of `Case (a, y = b)` in the order of the fields, those without a label first; undefined: there is no label. */
function fieldsByLabel(
  checker: Checker,
  fields: Fields,
  components: readonly Expr[],
  span: Span,
): readonly Expr[] | "wrong" | undefined {
  const first = components.findIndex((component) => isLabelled(fields, component));
  if (first < 0) return undefined;
  const named = components.slice(components.findIndex(isNamed)).filter(isNamed);
  const positional = components.slice(0, components.length - named.length);
  if (positional.some(isNamed)) return undefined;
  const values: (Expr | undefined)[] = fields.labels.map((_, i) => positional[i]);
  let wrong = false;
  for (const { left, right } of named) {
    const label = left.name.text;
    const index = fields.labels.indexOf(label);
    if (index < 0) {
      wrong = true;
      checker.error(
        "FUS0304",
        left.span,
        `${fields.name} has no label or member '${label}'`,
        declaredAs(fields),
      );
    } else if (values[index] !== undefined) {
      wrong = true;
      checker.error("FUS0310", left.span, `Label '${label}' is given twice`);
    } else values[index] = right;
  }
  if (!wrong && values.every((value): value is Expr => value !== undefined)) return values;
  if (!wrong) reportFieldCount(checker, fields, components.length, span);
  return "wrong";
}
