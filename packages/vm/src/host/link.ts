import type { FunctionCode, LinkedUnit } from "../machine/code.js";
import type { Value } from "../values/value.js";
import type { NativeContext } from "./context.js";
import type { HostMode } from "./host-module.js";

/** An import bound to its implementation. `kind` decides which of the fields counts. */
export interface LinkedImport {
  readonly kind: "native" | "bytecode" | "constant";
  /** Qualified name for messages: `List.map`. */
  readonly name: string;
  readonly arity: number;
  readonly capability: string | undefined;
  readonly mode: HostMode;
  /** A function of the host, which may give a promise whatever its mode says. */
  readonly ofHost?: true;
  readonly native: ((context: NativeContext, ...args: Value[]) => Value | Promise<Value>) | undefined;
  readonly code: FunctionCode | undefined;
  readonly unit: LinkedUnit | undefined;
  readonly value: Value;
}
