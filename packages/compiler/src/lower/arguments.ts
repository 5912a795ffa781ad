/** Arguments of an application: evaluated in place, or now and kept. */
import type { Core, Item } from "../core/core.js";
import { isAtom } from "../core/core.js";
import type { TypedExpr } from "../typed/tree.js";
import type { Argument } from "./argument.js";
import type { Lowerer } from "./lowerer.js";

export function argumentOf(lowerer: Lowerer, expr: TypedExpr): Argument {
  return { type: expr.type, lower: () => lowerer.expression(expr), expr };
}

/** Evaluates arguments now, in order, and gives arguments that stand for their values. */
export function keepInOrder(lowerer: Lowerer, args: readonly Argument[], items: Item[]): readonly Argument[] {
  const lowered = args.map((arg) => arg.lower());
  return args.map((arg, index): Argument => {
    const value = lowered[index] as Core;
    if (isAtom(value)) return { type: arg.type, lower: () => repeated(lowerer, value), expr: undefined };
    const local = lowerer.local("argument");
    items.push({ kind: "let", local, value, span: value.span });
    return { type: arg.type, lower: () => lowerer.read(local, value.span), expr: undefined };
  });
}

/** An atom once more, possibly inside another function. */
function repeated(lowerer: Lowerer, atom: Core): Core {
  switch (atom.kind) {
    case "local":
      return lowerer.read(atom.local, atom.span);
    case "function":
      return lowerer.functionValue(atom.fn, atom.span);
    case "import":
      return lowerer.importValue(atom.import, atom.span);
    default:
      return atom;
  }
}
