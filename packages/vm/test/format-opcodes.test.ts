import { expect, it } from "vitest";
import { dynamicOperators, type OperandKind, opcodeSummaries, opcodes } from "../src/index.js";

/** By the names of the operand kinds; lists end in `…`. */
function operandText(kind: OperandKind): string {
  return kind === "srcs" || kind === "labels" ? `${kind.slice(0, -1)}…` : kind;
}

function opcodeTables(): string {
  const rows = opcodes.map(
    ({ name, operands, terminal }, number) =>
      `| ${number} | \`${name}\` | ${operands.map(operandText).join(" ")} | ${opcodeSummaries[name].replaceAll("|", "\\|")}${terminal ? " **ends**" : ""} |`,
  );
  return `<!-- Generated from opcodes.ts and opcode-summaries.ts in packages/vm/src/bytecode by packages/vm/test/format-opcodes.test.ts. Do not edit; run \`npx vitest run --project vm -u format-opcodes\`. -->

# Instructions of the module format, version 2

How instructions and operands are written: [fzb-v2.md](fzb-v2.md). A list operand (\`src…\`, \`label…\`) is its length and its elements.
**ends**: control never continues behind the instruction.

| number | name | operands | meaning |
|---|---|---|---|
${rows.join("\n")}

Operators of \`dynamic\` (operand \`arith\`):

| number | operator |
|---|---|
${dynamicOperators.map((operator, number) => `| ${number} | \`${operator}\` |`).join("\n")}
`;
}

it("the documented instruction tables are those of the code", async () => {
  await expect(opcodeTables()).toMatchFileSnapshot("../../../docs/fzb-v2-opcodes.md");
});

it("an instruction writes one register at most, and names it first", () => {
  for (const { name, operands } of opcodes) {
    expect(operands.lastIndexOf("dst"), name).toBeLessThanOrEqual(0);
    expect(operands.lastIndexOf("fdst"), name).toBeLessThanOrEqual(0);
  }
});

it("names of instructions are distinct", () => {
  expect(new Set(opcodes.map((info) => info.name)).size).toBe(opcodes.length);
});
