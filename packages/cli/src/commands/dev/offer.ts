import { describeCapability, printable } from "@fusabi/capabilities";
import type { Plugin } from "@fusabi/plugin";
import { type Row, table } from "../../report/table.js";

/** What a plugin offers and may do, as the lines below its name. */
export function offerLines({ exports, capabilities }: Plugin): readonly string[] {
  const functions = [...exports.values()].map(
    ({ name, type, doc = "" }): Row => [printable(name), ":", printable(type), printable(firstLine(doc))],
  );
  const granted = [...capabilities].filter((one) => !describeCapability(one).safeDefault);
  return [
    ...table(functions.length === 0 ? [["offers no function"]] : functions),
    `  granted: ${granted.length === 0 ? "the safe defaults" : `${granted.join(", ")}, and the safe defaults`}`,
  ];
}

function firstLine(doc: string): string {
  return /^\s*(.*)/.exec(doc)?.[1] ?? "";
}
