/** What `:?` may test, in patterns and in expressions. */
import type { Scope } from "../names/scope.js";
import type { Pattern, TypeTestPattern } from "../syntax/ast.js";
import type { ExceptionClass, TypedPattern } from "../typed/tree.js";
import { ANY, EXCEPTION_CLASSES, EXN, isAny, isConstructed } from "../types/builtin.js";
import { formatType } from "../types/format.js";
import type { Type } from "../types/type.js";
import { prune } from "../types/type.js";
import type { Binder, Checker } from "./checker.js";

export function typeTestPattern(
  checker: Checker,
  pattern: TypeTestPattern,
  type: Type,
  binder: Binder,
): TypedPattern {
  const { span } = pattern;
  const target = testTarget(checker, pattern.type, binder.scope);
  if (target.kind !== "exception-class" && isConstructed(target, EXN.constructor)) {
    checker.unify(type, EXN, span);
    return { kind: "wildcard", type, span };
  }
  requireTestable(checker, type, target, span);
  return { kind: "type-test", target, type, span };
}

/** What `:?` tests for. */
export function testTarget(
  checker: Checker,
  expr: TypeTestPattern["type"],
  scope: Scope,
): Type | ExceptionClass {
  if (expr.kind === "named" && expr.args.length === 0) {
    const text = expr.name.parts
      .map((part) => part.text)
      .join(".")
      .replace(/^System\.(?:Collections\.Generic\.)?/, "");
    if (EXCEPTION_CLASSES.has(text) && scope.type(text) === undefined)
      return { kind: "exception-class", name: text };
  }
  return checker.rules.type(checker, expr, scope);
}

/** Only `any`, `exn` and host values can be tested. */
export function requireTestable(
  checker: Checker,
  raw: Type,
  target: Type | ExceptionClass,
  span: Pattern["span"],
): void {
  const type = prune(raw);
  if (type.kind === "variable") checker.unify(type, target.kind === "exception-class" ? EXN : ANY, span);
  else if (
    type.kind !== "constructed" ||
    !(isAny(type) || type.constructor === EXN.constructor || type.constructor.host)
  ) {
    checker.error(
      "FUS0321",
      span,
      `Cannot cast ${formatType(type)} to ${target.kind === "exception-class" ? target.name : formatType(target)}`,
    );
  }
}
