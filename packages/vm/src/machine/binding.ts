/** A module bound to imports and global variables: what its code runs in. */
import type { LinkedImport } from "../host/link.js";
import { Closure, type Value } from "../values/value.js";
import type { ExecutableModule, LinkedUnit } from "./code.js";

const NOTHING: Value[] = [];

/** The unit, with a closure for each function that captures nothing. */
export function bind(
  module: ExecutableModule,
  imports: readonly LinkedImport[],
  globals: Value[],
): LinkedUnit {
  const closures: (Closure | undefined)[] = [];
  const unit: LinkedUnit = { module, imports, globals, closures };
  for (const code of module.functions)
    closures.push(code.data.captures === 0 ? new Closure(code, unit, NOTHING) : undefined);
  return unit;
}
