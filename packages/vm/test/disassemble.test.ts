import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { disassemble, encodeModule, type ModuleData, readModule } from "../src/index.js";
import { opcode, randomModule } from "./format-generator.js";

const fibonacci: ModuleData = {
  name: "main",
  imports: [
    {
      module: "Console",
      name: "writeLine",
      arity: 1,
      capability: "stdout:write",
      position: { file: 0, line: 4, column: 1 },
    },
    { module: "Math", name: "pi", arity: 0, capability: undefined, position: undefined },
  ],
  constants: [
    { kind: "string", value: 'tab\there "quoted" \u001b[2J' },
    { kind: "float", value: 2 },
    { kind: "int", value: 2n ** 62n },
  ],
  definitions: [
    { kind: "builtin", name: "option" },
    {
      kind: "union",
      name: "Shape",
      params: 0,
      cases: [
        { name: "Dot", fields: [] },
        { name: "Circle", fields: [{ label: "radius", type: { kind: "float" } }] },
      ],
    },
    {
      kind: "record",
      name: "Point",
      params: 0,
      anonymous: false,
      identity: false,
      fields: [{ label: "x", mutable: true, type: { kind: "int" } }],
    },
    { kind: "exception", name: "Boom", fields: [] },
  ],
  types: [{ kind: "int" }],
  functions: [
    {
      name: "<script>",
      arity: 0,
      registers: 3,
      floatRegisters: 0,
      captures: 0,
      code: [
        [opcode("load.const"), 0, 0],
        [opcode("load.const"), 1, 1],
        [opcode("load.const"), 2, 2],
        [opcode("case.new"), 1, 1, 1, 1, 1],
        [opcode("load.case"), 1, 0, 1],
        [opcode("load.fn"), 2, 1],
        [opcode("store.global"), 0, 2],
        [opcode("dynamic"), 1, 0, 0, 2],
        [opcode("tail.import"), 0, 1, 0],
        [opcode("return"), 2],
      ],
      handlers: [{ kind: "with", start: 0, end: 8, target: 9, register: 2 }],
      positions: undefined,
      file: 0,
    },
    {
      name: "fib",
      arity: 1,
      registers: 3,
      floatRegisters: 0,
      captures: 0,
      code: [
        [opcode("unless.lt.imm"), 0, 2, 2],
        [opcode("return"), 0],
        [opcode("int.add.imm"), 1, 0, -1],
        [opcode("call.fn"), 1, 1, 1, 1],
        [opcode("int.add.imm"), 2, 0, -2],
        [opcode("call.fn"), 2, 1, 1, 2],
        [opcode("int.add"), 1, 1, 2],
        [opcode("return"), 1],
      ],
      handlers: [],
      positions: [1, 1, 2, 2, 2, 2, 2, 2].map((line, index) => ({ line, column: 5 + index })),
      file: 0,
    },
  ],
  entry: 0,
  globals: 1,
  exports: [
    {
      name: "fib",
      global: 0,
      arity: 1,
      parameterNames: ["n"],
      type: { kind: "function", parameter: { kind: "int" }, result: { kind: "int" } },
      doc: undefined,
      capabilities: ["stdout:write"],
    },
  ],
  files: ["main.fsx"],
};

describe("disassemble", () => {
  it("lists a module for people", async () => {
    await expect(disassemble(fibonacci)).toMatchFileSnapshot("disassemble.expected.txt");
  });

  it("lists a stripped module without files and positions", () => {
    const text = disassemble(readModule(encodeModule(fibonacci, { strip: true })));
    expect(text).toContain("function 1 fib: parameters 1, registers 3\n");
    expect(text).toMatch(/ {4}1 {2}return {11}r0\n/);
  });

  it("shows what refers to nothing as ?", () => {
    const [script] = fibonacci.functions;
    const code = [
      [opcode("load.const"), 0, 99],
      [opcode("load.fn"), 0, 99],
      [opcode("load.import"), 0, 99],
      [opcode("case.new"), 0, 99, 1, 0],
      [opcode("case.new"), 0, 1, 99, 0],
      [opcode("dynamic"), 0, 0, 0, 99],
      [opcode("move"), 0],
      [9999],
      [],
    ];
    const text = disassemble({ ...fibonacci, functions: [{ ...script!, code, handlers: [] }] });
    for (const line of [
      "load.const       r0, ?",
      "fn 99 ?",
      "import 99 ?",
      "def 99 ?, tag 1 ?",
      "tag 99 ?",
      "r0, r0, ?",
      "move             r0, ?",
      "unknown 9999",
    ]) {
      expect(text).toContain(line);
    }
  });

  it("never passes control characters on, and grows with the module only", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const data = randomModule(seed, 4);
        const text = disassemble(data);
        expect(text).not.toMatch(/[^\P{C}\n]/u);
        const instructions = data.functions.reduce((sum, item) => sum + item.code.length, 0);
        expect(text.length).toBeLessThan(5000 + instructions * 400);
      }),
      { numRuns: 100 },
    );
  });
});
