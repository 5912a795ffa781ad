import { readModule } from "../bytecode/decode.js";
import { verifyModule } from "../bytecode/verify.js";
import type { HostModule } from "../host/host-module.js";
import type { FunctionValue } from "../values/value.js";
import { staticClosure } from "./application.js";
import type { FunctionCode, LinkedUnit } from "./code.js";
import { prepareModule } from "./prepare.js";
import { linkUnit } from "./unit.js";

/**
 * The exported functions of a library that is written in Fusabi itself, by name, for `BytecodeMember`s. A library's top level holds function definitions only: it is not run, and the
 * unit is shared by every instance that links it.
 *
 * @throws BytecodeError, LinkError
 * @example
 * const functions = libraryFunctions(bytes, [natives]);
 * const list = hostModule("List", { map: { type: "('a -> 'b) -> 'a list -> 'b list", code: () => functions.get("map") } });
 */
export function libraryFunctions(
  bytes: Uint8Array,
  imports: readonly HostModule[],
): ReadonlyMap<string, { readonly unit: LinkedUnit; readonly code: FunctionCode }> {
  const data = readModule(bytes);
  verifyModule(data);
  const module = prepareModule(data);
  const unit = linkUnit(module, imports);
  const byName = new Map<string, { unit: LinkedUnit; code: FunctionCode }>();
  for (const code of module.functions) {
    if (code.data.captures === 0 && data.exports.some((one) => one.name === code.name))
      byName.set(code.name, { unit, code });
  }
  return byName;
}

/**
 * The top level of a module as a function without parameters, for a library that runs code inside the call that it serves: `context.call(programFunction(bytes, imports))`. Gives the value
 * of the last expression. Every function has global variables of its own.
 *
 * @throws BytecodeError, LinkError
 * @example
 * context.call(programFunction(bytes, standardLibrary()));
 */
export function programFunction(bytes: Uint8Array, imports: readonly HostModule[]): FunctionValue {
  const data = readModule(bytes);
  verifyModule(data);
  const unit = linkUnit(prepareModule(data), imports);
  return staticClosure(unit, data.entry);
}
