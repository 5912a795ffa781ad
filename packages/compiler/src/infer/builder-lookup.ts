/** Which builder stands before the brace of a computation expression. */
import { resolveModule } from "../names/path.js";
import type { Scope } from "../names/scope.js";
import type { Expr, Name } from "../syntax/ast.js";
import type { Statement } from "../typed/tree.js";
import { isAny } from "../types/builtin.js";
import { formatType } from "../types/format.js";
import { prune } from "../types/type.js";
import { type Builder, ModuleBuilder, ObjectBuilder, predefinedBuilder } from "./builder.js";
import { unparenthesised } from "./call.js";
import type { Checker } from "./checker.js";
import { isSimple } from "./evaluation-order.js";
import { LibraryBuilder, SequenceBuilder } from "./library-builder.js";

export function findBuilder(
  checker: Checker,
  expr: Expr,
  scope: Scope,
  statements: Statement[],
): Builder | undefined {
  const inner = unparenthesised(expr);
  const names = pathOf(inner);
  if (names !== undefined) {
    const first = names[0] as Name;
    const entry = scope.value(first.text);
    if (names.length === 1 && (entry === undefined || (entry.kind === "host" && entry.module === ""))) {
      if (first.text === "seq" || first.text === "async") {
        const module = first.text === "seq" ? "Seq" : "Async";
        if (!checker.host.hasModule(module)) {
          checker.bag.error(
            "FUS0204",
            inner.span,
            `Module '${module}' is not defined`,
            "The host does not provide it, or a #load is missing",
          );
          return undefined;
        }
        return module === "Seq" ? new SequenceBuilder(checker) : new LibraryBuilder(module, checker);
      }
      const predefined = predefinedBuilder(first.text, rootOf(scope));
      if (predefined !== undefined) return predefined;
    }
    if (entry === undefined) {
      const module = resolveModule(names, scope, checker.host);
      if (module !== undefined) return new ModuleBuilder(module);
    }
  }
  const value = checker.infer(expr, scope);
  const builder = new ObjectBuilder(
    checker,
    isSimple(value) ? value : checker.bindTemporary(value, statements),
  );
  if (builder.isBuilder) {
    if (!isAny(prune(value.type))) return builder;
    if (value.kind === "null") return undefined;
    return builder;
  }
  checker.bag.error(
    "FUS0316",
    expr.span,
    `Not a computation builder: ${formatType(value.type)}`,
    builderHint(checker, names),
  );
  return undefined;
}

/** Which builder was meant, or which there are. */
function builderHint(checker: Checker, names: readonly Name[] | undefined): string {
  const meant =
    names?.length === 1 ? checker.suggestions.didYouMean(names[0]?.text ?? "", BUILDERS) : undefined;
  return meant ?? `Builders are ${BUILDERS.join(", ")}, and objects with members such as Bind and Return`;
}

const BUILDERS = ["async", "seq", "option", "result", "list"] as const;

function rootOf(scope: Scope): Scope {
  let root = scope;
  while (root.parent !== undefined) root = root.parent;
  return root;
}

function pathOf(expr: Expr): readonly Name[] | undefined {
  if (expr.kind === "name") return [expr.name];
  if (expr.kind !== "member") return undefined;
  const names = pathOf(expr.target);
  return names === undefined ? undefined : [...names, expr.label];
}
