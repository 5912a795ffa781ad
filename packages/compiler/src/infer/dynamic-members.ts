/**
 * Members of built-in types on a value of type `any` (appendix B of the language reference): which one it is, the value decides when the
 * program runs. What has no such member is a record with this label, or raises.
 */
import type { HostEntry } from "../names/entry.js";
import type { Span } from "../source/source.js";
import type { Name } from "../syntax/ast.js";
import type { Statement, TypedExpr } from "../typed/tree.js";
import {
  ANY,
  ARRAY,
  BOOL,
  constructed,
  EXN,
  LIST,
  MAP,
  OPTION,
  SET,
  STRING,
  UNIT,
} from "../types/builtin.js";
import type { Type } from "../types/type.js";
import { applyToInferred, typed } from "./call.js";
import type { Checker } from "./checker.js";
import { isSimple } from "./evaluation-order.js";
import { fits } from "./host-call.js";

/** What an `any` may turn out to be, if it has members. */
const KINDS: readonly Type[] = [
  STRING,
  constructed(LIST, [ANY]),
  constructed(ARRAY, [ANY]),
  constructed(OPTION, [ANY]),
  constructed(MAP, [ANY, ANY]),
  constructed(SET, [ANY]),
  EXN,
];

/** Has a value of some built-in type a member of this name? */
export function isDynamicMember(checker: Checker, label: string): boolean {
  return KINDS.some((kind) => ownMember(checker, kind, label) !== undefined);
}

/** `target.label` or `target.label(args)`; `otherwise` is made for values that have no such member. */
export function dynamicMember(
  checker: Checker,
  target: TypedExpr,
  label: Name,
  args: readonly TypedExpr[] | undefined,
  otherwise: (target: TypedExpr, args: readonly TypedExpr[]) => TypedExpr,
): TypedExpr {
  const span = accessSpan(target, label);
  const formOf = (kind: Type): Form | undefined => memberForm(checker, kind, label, args);
  const kinds = KINDS.filter((kind) => formOf(kind) !== undefined);
  if (kinds.length === 0) return otherwise(target, args ?? []);
  const statements: Statement[] = [];
  const keep = (node: TypedExpr): TypedExpr =>
    isSimple(node) ? node : checker.bindTemporary(node, statements);
  const value = keep(target);
  const given = (args ?? []).map(keep);
  let result = otherwise(value, given);
  for (const kind of kinds.reverse()) {
    const form = formOf(kind);
    if (form === undefined) continue;
    const self: TypedExpr = { kind: "coerce", expr: value, type: kind, span: target.span };
    const unit: TypedExpr = { kind: "unit", type: UNIT, span };
    const passed = form.takesUnit ? [unit] : given;
    const callee = checker.useHost(form.entry, label.span);
    const call = applyToInferred(checker, callee, [self, ...passed], span);
    result = {
      kind: "if",
      condition: { kind: "type-test", expr: value, target: kind, type: BOOL, span: target.span },
      consequent: checker.coerce(call, ANY),
      otherwise: result,
      type: ANY,
      span,
    };
  }
  return statements.length === 0 ? result : { kind: "block", statements, result, type: ANY, span };
}

function accessSpan({ span }: TypedExpr, label: Name): Span {
  return span.source === label.span.source ? { ...span, end: label.span.end } : span;
}

function ownMember(checker: Checker, kind: Type, label: string): HostEntry | undefined {
  const entry = checker.members.intrinsic(kind, label);
  return entry?.module === "<any>" ? undefined : entry;
}

interface Form {
  readonly entry: HostEntry;
  readonly takesUnit: boolean;
}

/** The form of a member that takes these arguments; without any it is a property. */
function memberForm(
  checker: Checker,
  kind: Type,
  { text, span }: Name,
  args: readonly TypedExpr[] | undefined,
): Form | undefined {
  const entry = ownMember(checker, kind, text);
  if (entry === undefined) return undefined;
  const self: TypedExpr = { kind: "null", type: kind, span };
  const unit: TypedExpr = { kind: "unit", type: UNIT, span };
  for (const form of checker.host.forms(entry)) {
    const { arity } = checker.host.scheme(form);
    const takesUnit = args?.length === 0 && arity === 2;
    const given = takesUnit ? [unit] : (args ?? []);
    if (arity === given.length + 1 && fits(checker, form, [self, ...given].map(typed)))
      return { entry: form, takesUnit };
  }
  return undefined;
}
