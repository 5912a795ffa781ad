import type { Core } from "../core/core.js";
import type { TypedExpr } from "../typed/tree.js";
import type { Type } from "../types/type.js";

/** An argument, lowered when its turn comes. */
export interface Argument {
  readonly type: Type;
  readonly lower: () => Core;
  readonly expr: TypedExpr | undefined;
}
