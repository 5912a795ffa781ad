import { CompilerBug } from "../errors.js";
import type { TypedExpr } from "../typed/tree.js";
import type { Meaning } from "./environment.js";
import type { Lowerer } from "./lowerer.js";

/** What a use of a variable means; of a specialised binding, the instance that it asks for. */
export function meaningOf(
  lowerer: Lowerer,
  expr: Extract<TypedExpr, { kind: "variable" }>,
): Exclude<Meaning, { kind: "specialised" }> {
  const meaning = lowerer.meaning(expr.variable);
  if (meaning.kind !== "specialised") return meaning;
  const instance = meaning.group.instance(expr.variable, expr.instantiation, expr.span);
  if (instance.kind === "specialised")
    throw new CompilerBug(`instance of '${expr.variable.name}' is a group`, expr.span);
  return instance;
}
