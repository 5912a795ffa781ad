import { decodeModule, encodeModule, instantiate, type ModuleData, readModule } from "@fusabi/vm";
import { expect, test } from "vitest";
import { standardLibrary } from "../src/index.js";
import { bytecodeOf, thrownBy } from "./program.js";

const imports = standardLibrary();
const limits = { maxInstructions: 10_000, maxAllocatedBytes: 1_000_000, timeoutMs: 2_000 };

/** The module with an import in the place of another one: what it gives to the library is then of another kind than the library expects. */
function exchanged(data: ModuleData, from: string, to: string): ModuleData {
  const changed = data.imports.map((one) =>
    `${one.module}.${one.name}` === from
      ? { ...one, module: to.split(".")[0] ?? "", name: to.split(".")[1] ?? "" }
      : one,
  );
  return { ...data, imports: changed };
}

test.each([
  ["Array.init", "List.init"],
  ["Array.create", "List.replicate"],
  ["Array.create", "String.replicate"],
])("a value of the wrong kind does not end the limits: %s for %s", (from, to) => {
  const source =
    "let xs = Array.init 5 id\nlet ys = Array.create 5 xs\nlet zs = Array.toList xs\nlet ws = Array.toList ys\nwhile true do ()\n";
  const data = readModule(bytecodeOf(source, imports));
  const forged = decodeModule(encodeModule(exchanged(data, from, to)));
  const error = thrownBy(() => instantiate(forged, { imports, limits }));
  expect(["BytecodeError", "LimitError", "FusabiError"]).toContain((error as Error).name);
});
