import { readModule } from "../bytecode/decode.js";
import { verifyModule } from "../bytecode/verify.js";
import type { HostModule } from "../host/host-module.js";
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
