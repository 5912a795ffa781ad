/**
 * The instructions on values whose type shows only while a program runs: of type `any`, and records of which only labels are known. They are brought by a host module, so that a page whose
 * programs have no such values does not carry them.
 */
import type { HostModule } from "../host/host-module.js";
import { castValue } from "../values/cast.js";
import { dynamicArithmetic } from "../values/dynamic.js";
import { getNamed, setNamed, withNamed } from "../values/record.js";
import { hasType } from "../values/type-test.js";

/**
 * What programs need that work on values of type `any`; part of the standard library. A module that does, and is given neither, is not linked.
 *
 * @example
 * instantiate(module, { imports: [dynamicValues, hostModule("Form", { read: { type: "unit -> any", run: () => form } })] });
 */
export const dynamicValues: HostModule = {
  name: "<any>",
  members: new Map(),
  dynamics: { castValue, hasType, dynamicArithmetic, getNamed, setNamed, withNamed },
};
