/** What code needs that works on values whose type shows only while it runs: of type `any`, and records of which only labels are known. */
import { opcodeOf } from "../bytecode/opcodes.js";
import { LinkError } from "../errors.js";
import type { ExecutableModule } from "../machine/code.js";
import type { castValue } from "../values/cast.js";
import type { dynamicArithmetic } from "../values/dynamic.js";
import type { getNamed, setNamed, withNamed } from "../values/record.js";
import type { hasType } from "../values/type-test.js";
import type { HostModule } from "./host-module.js";

/** The instructions on dynamic values, brought by a host module: a page whose programs have no such values does not carry them. */
export interface DynamicValues {
  readonly castValue: typeof castValue;
  readonly hasType: typeof hasType;
  readonly dynamicArithmetic: typeof dynamicArithmetic;
  readonly getNamed: typeof getNamed;
  readonly setNamed: typeof setNamed;
  readonly withNamed: typeof withNamed;
}

const DYNAMIC_INSTRUCTIONS: ReadonlySet<number | undefined> = new Set(
  (["cast", "type.test", "dynamic", "field.named", "field.named.set", "record.with"] as const).map(opcodeOf),
);

export const NO_DYNAMIC_VALUES =
  "it works on values of type any: give it the host module dynamicValues of @fusabi/vm, or the standard library, which has it";

export function dynamicsOf(hostModules: readonly HostModule[]): DynamicValues | undefined {
  return hostModules.find((one) => one.dynamics !== undefined)?.dynamics;
}

/** @throws LinkError for a module that needs dynamic values. */
export function refuseDynamicValues({ data }: ExecutableModule): void {
  for (const { code, positions, file } of data.functions) {
    const at = code.findIndex(([opcode]) => DYNAMIC_INSTRUCTIONS.has(opcode));
    if (at < 0) continue;
    const position = positions?.[at];
    throw new LinkError(
      `${data.name} cannot be linked: ${NO_DYNAMIC_VALUES}`,
      "dynamicValues",
      position === undefined ? undefined : { file: data.files[file] ?? "", ...position },
    );
  }
}
