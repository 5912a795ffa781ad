import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  BytecodeError,
  type DefinitionData,
  type FunctionData,
  type Instruction,
  type ModuleData,
  opcodes,
  type TypeDescriptor,
  verifyModule,
} from "../src/index.js";
import { opcode, randomFlow } from "./format-generator.js";

type Line = readonly [name: string, ...operands: number[]];

const INT: TypeDescriptor = { kind: "int" };

function code(lines: readonly Line[]): Instruction[] {
  return lines.map(([name, ...operands]) => [opcode(name), ...operands]);
}

function fn(change: Omit<Partial<FunctionData>, "code"> & { readonly code?: readonly Line[] }): FunctionData {
  const base = {
    name: "f",
    arity: 0,
    registers: 3,
    floatRegisters: 2,
    captures: 0,
    handlers: [],
    positions: undefined,
    file: 0,
  };
  return {
    ...base,
    ...change,
    code: code(
      change.code ?? [
        ["load.unit", 0],
        ["return", 0],
      ],
    ),
  };
}

const definitions: readonly DefinitionData[] = [
  {
    kind: "record",
    name: "Point",
    params: 0,
    anonymous: false,
    identity: false,
    fields: ["x", "y"].map((label) => ({ label, mutable: true, type: INT })),
  },
  {
    kind: "union",
    name: "Shape",
    params: 1,
    cases: [
      { name: "Dot", fields: [] },
      { name: "Circle", fields: [{ label: undefined, type: INT }] },
    ],
  },
  {
    kind: "exception",
    name: "Boom",
    fields: [
      { label: undefined, type: INT },
      { label: undefined, type: INT },
    ],
  },
  { kind: "builtin", name: "option" },
  { kind: "builtin", name: "Result" },
  { kind: "builtin", name: "Failure" },
];

/** Function 0 is the entry with the given code; 1 takes two arguments; 2 takes one and captures two; 3 takes none and captures nothing. */
function moduleOf(
  lines: readonly Line[],
  change: Partial<ModuleData> = {},
  entry: Partial<FunctionData> = {},
): ModuleData {
  return {
    name: "m",
    imports: [
      { module: "List", name: "length", arity: 1, capability: undefined, position: undefined },
      { module: "Math", name: "pi", arity: 0, capability: undefined, position: undefined },
    ],
    constants: [
      { kind: "int", value: 1 },
      { kind: "string", value: "text" },
    ],
    definitions,
    types: [INT],
    functions: [
      { ...fn({ code: lines }), ...entry },
      fn({ arity: 2, code: [["return", 1]] }),
      fn({ arity: 1, captures: 2, code: [["return", 0]] }),
      fn({}),
    ],
    entry: 0,
    globals: 2,
    exports: [],
    files: [],
    ...change,
  };
}

const END: Line = ["return", 0];
const unit: Line = ["load.unit", 0];

/** One rule each: code of the entry that breaks it, and what the message says. Register 0 holds (). */
const wrongInstructions: readonly (readonly [rule: string, lines: readonly Line[], message: RegExp])[] = [
  ["register written", [["load.unit", 3], unit, END], /instruction 0 \(load\.unit\): there is no register 3/],
  ["register read", [unit, ["move", 1, 3], END], /instruction 1 \(move\): there is no register 3/],
  ["register in a list", [unit, ["array.new", 1, 2, 0, 7], END], /no register 7/],
  ["constant", [unit, ["load.const", 1, 2], END], /no constant 2/],
  ["constant that is a string", [unit, ["field.named", 1, 0, 0], END], /constant 0 is no string/],
  ["function", [unit, ["load.fn", 1, 4], END], /no function 4/],
  ["import", [unit, ["load.import", 1, 2], END], /no import 2/],
  ["global", [unit, ["store.global", 2, 0], END], /no global variable 2/],
  ["type", [unit, ["cast", 1, 0, 1], END], /no type 1/],
  ["definition", [unit, ["record.new", 1, 6, 0], END], /no definition 6/],
  ["operator", [unit, ["dynamic", 1, 0, 0, 9], END], /no operator 9/],
  ["slot", [unit, ["field.get", 1, 0, 65_535], END], /no slot 65535/],
  ["label", [unit, ["if", 0, 3], END], /no instruction 3/],
  ["label in a list", [unit, ["switch.tag", 0, 1, 9]], /no instruction 9/],
  ["immediate", [unit, ["int.add.imm", 1, 0, 2 ** 31], END], /no int of 32 bits/],
  ["immediate that is whole", [unit, ["int.add.imm", 1, 0, 0.5], END], /no int of 32 bits/],
  ["operand that is whole", [unit, ["move", 1, 0.5], END], /no register 0\.5/],
  ["operand that is there", [unit, ["move", 1], END], /operand 2 is missing/],
  ["operands that belong", [unit, ["move", 1, 0, 0], END], /1 operands too many/],
  ["length of a list", [unit, ["array.new", 1, 3, 0, 0], END], /list of 3 operands is promised, 2 are there/],
  ["negative length of a list", [unit, ["array.new", 1, -1], END], /list of -1 operands/],
  [
    "function value without captures",
    [unit, ["load.fn", 1, 2], END],
    /captures 2 values and needs a closure/,
  ],
  [
    "function value with parameters",
    [unit, ["load.fn", 1, 3], END],
    /has no parameters and cannot be a value/,
  ],
  ["closure with parameters", [unit, ["closure", 1, 3, 0], END], /has no parameters and cannot be a value/],
  ["self with parameters", [unit, ["load.self", 1], END], /has no parameters and cannot be a value/],
  ["captured values of a closure", [unit, ["closure", 1, 2, 1, 0], END], /captures 2 values, 1 are given/],
  ["captured value", [unit, ["load.capture", 1, 0], END], /no captured value 0/],
  ["captured value of another closure", [unit, ["set.capture", 0, 2, 0], END], /no captured value 2/],
  [
    "call of a function with captures",
    [unit, ["call.fn", 1, 2, 1, 0], END],
    /captures 2 values and needs a closure/,
  ],
  ["arity of call.fn", [unit, ["call.fn", 1, 1, 1, 0], END], /has 2 parameters, 1 arguments/],
  ["arity of tail.fn", [unit, ["tail.fn", 1, 3, 0, 0, 0]], /has 2 parameters, 3 arguments/],
  [
    "tail.fn of a function with captures",
    [unit, ["tail.fn", 2, 1, 0]],
    /captures 2 values and needs a closure/,
  ],
  ["arity of tail.self", [unit, ["tail.self", 1, 0]], /has 0 parameters, 1 arguments/],
  ["arity of call.import", [unit, ["call.import", 1, 0, 2, 0, 0], END], /has 1 parameters, 2 arguments/],
  ["arity of tail.import", [unit, ["tail.import", 0, 0]], /has 1 parameters, 0 arguments/],
  [
    "call of an imported constant",
    [unit, ["call.import", 1, 1, 0], END],
    /is a constant and cannot be called/,
  ],
  ["tail call of an imported constant", [unit, ["tail.import", 1, 0]], /is a constant and cannot be called/],
  ["arguments of call", [unit, ["call", 1, 0, 0], END], /0 arguments, at least 1/],
  ["arguments of tail.call", [unit, ["tail.call", 0, 0]], /0 arguments, at least 1/],
  ["size of a tuple", [unit, ["tuple.new", 1, 1, 0], END], /1 items of a tuple, at least 2/],
  ["definition of a record", [unit, ["record.new", 1, 1, 0], END], /definition 1 is no record/],
  ["fields of a record", [unit, ["record.new", 1, 0, 1, 0], END], /2 fields, 1 values/],
  ["definition of a union", [unit, ["case.new", 1, 0, 0, 0], END], /definition 0 is no union/],
  ["tag of a union", [unit, ["case.new", 1, 1, 2, 0], END], /no union with a case of tag 2/],
  ["tag of option", [unit, ["case.new", 1, 3, 2, 0], END], /no union with a case of tag 2/],
  ["Failure as a union", [unit, ["case.new", 1, 5, 0, 1, 0], END], /definition 5 is no union/],
  ["fields of a case", [unit, ["case.new", 1, 1, 1, 0], END], /1 fields, 0 values/],
  ["fields of None", [unit, ["case.new", 1, 3, 0, 1, 0], END], /0 fields, 1 values/],
  ["fields of Error", [unit, ["case.new", 1, 4, 1, 0], END], /1 fields, 0 values/],
  ["case as a function", [unit, ["load.case", 1, 1, 0], END], /0 fields of the case, at least 1/],
  ["definition of an exception", [unit, ["exn.new", 1, 3, 1, 0], END], /definition 3 is no exception/],
  ["fields of an exception", [unit, ["exn.new", 1, 2, 1, 0], END], /2 fields, 1 values/],
  ["fields of Failure", [unit, ["exn.new", 1, 5, 2, 0, 0], END], /1 fields, 2 values/],
  ["test of an exception", [unit, ["unless.exn", 0, 0, 2], END], /definition 0 is no exception/],
  ["slot of a record", [unit, ["field.set", 0, 2, 0], END], /no slot of a record 2/],
  ["slot of an exception", [unit, ["exn.field", 1, 0, 2], END], /no slot of an exception 2/],
  ["tag of a test", [unit, ["unless.tag", 0, -1, 2], END], /-1 is no tag/],
  ["labels of switch.tag", [unit, ["switch.tag", 0, 0]], /0 labels, at least 1/],
  ["divisor of a division", [unit, ["int.div.imm", 1, 0, 0], END], /divisor is 0/],
  ["divisor of a remainder", [unit, ["int.rem.imm", 1, 0, 0], END], /divisor is 0/],
  ["end of the code", [unit], /control continues behind the last instruction/],
  [
    "register never written",
    [["return", 1]],
    /instruction 0 \(return\): register 1 is read, but on some path/,
  ],
  [
    "register written on one branch",
    [unit, ["if", 0, 3], ["load.unit", 1], ["return", 1]],
    /instruction 3 \(return\): register 1/,
  ],
  [
    "register written behind its read in a loop",
    [unit, ["move", 1, 2], ["load.unit", 2], ["jump", 1]],
    /instruction 1 \(move\): register 2/,
  ],
  [
    "register written in another arm",
    [unit, ["switch.tag", 0, 2, 2, 3], ["load.unit", 1], ["return", 1]],
    /register 1/,
  ],
];

const wrongModules: readonly (readonly [rule: string, data: ModuleData, message: RegExp])[] = [
  ["opcode", moduleOf([], {}, { code: [[9999]] }), /no opcode 9999/],
  ["empty instruction", moduleOf([], {}, { code: [[]] }), /no opcode/],
  ["code", moduleOf([], {}, { code: [] }), /there are no instructions/],
  ["number of registers", moduleOf([unit, END], {}, { registers: 65_536 }), /65536 registers/],
  [
    "number of float registers",
    moduleOf([unit, END], {}, { floatRegisters: 65_536 }),
    /65536 float registers/,
  ],
  ["float register", moduleOf([["move.float", 2, 0], unit, END]), /no float register 2, only 2/],
  [
    "a constant that is no float",
    moduleOf([["load.float", 0, 0], unit, END], { constants: [{ kind: "int", value: 1 }] }),
    /constant 0 is no float/,
  ],
  [
    "an unassigned float register",
    moduleOf([["move.from.float", 0, 1], unit, END]),
    /float register 1 is read, but/,
  ],
  [
    "a float register that only one path assigns",
    moduleOf([unit, ["if", 0, 3], ["move.to.float", 1, 0], ["move.from.float", 0, 1], END]),
    /float register 1 is read, but/,
  ],
  [
    "parameters in registers",
    moduleOf([unit, END], { entry: 3 }, { arity: 4 }),
    /4 parameters do not fit into 3 registers/,
  ],
  ["number of captures", moduleOf([unit, END], { entry: 3 }, { captures: 70_000 }), /70000 captured values/],
  ["file of a function", moduleOf([unit, END], {}, { file: 1 }), /file 1 of 0/],
  ["positions of a function", moduleOf([unit, END], {}, { positions: [] }), /0 positions for 2 instructions/],
  [
    "position of an instruction",
    moduleOf([END], {}, { arity: 1, positions: [{ line: -1, column: 0 }] }),
    /no position -1:0/,
  ],
  [
    "start of a handler",
    moduleOf([unit, END], {}, { handlers: [{ kind: "with", start: 1, end: 1, target: 0, register: 0 }] }),
    /handler 0 covers/,
  ],
  [
    "end of a handler",
    moduleOf([unit, END], {}, { handlers: [{ kind: "with", start: 0, end: 3, target: 0, register: 0 }] }),
    /handler 0 covers/,
  ],
  [
    "target of a handler",
    moduleOf([unit, END], {}, { handlers: [{ kind: "with", start: 0, end: 1, target: 2, register: 0 }] }),
    /handler 0 goes to 2/,
  ],
  [
    "register of a handler",
    moduleOf([unit, END], {}, { handlers: [{ kind: "with", start: 0, end: 1, target: 1, register: 3 }] }),
    /handler 0 writes register 3/,
  ],
  [
    "register written inside the range of a handler",
    moduleOf(
      [unit, ["load.unit", 1], END, ["return", 1]],
      {},
      { handlers: [{ kind: "with", start: 0, end: 2, target: 3, register: 2 }] },
    ),
    /instruction 3 \(return\): register 1/,
  ],
  [
    "register of a handler that is reached by a jump too",
    moduleOf(
      [unit, ["if", 0, 3], END, ["return", 2]],
      {},
      { handlers: [{ kind: "with", start: 0, end: 1, target: 3, register: 2 }] },
    ),
    /instruction 3 \(return\): register 2/,
  ],
  [
    "range of a handler entered in its middle",
    moduleOf(
      [unit, ["if", 0, 4], ["load.unit", 1], unit, unit, END, ["return", 1]],
      {},
      { handlers: [{ kind: "with", start: 3, end: 5, target: 6, register: 2 }] },
    ),
    /instruction 6 \(return\): register 1/,
  ],
  ["entry", moduleOf([unit, END], { entry: 4 }), /entry 4 is no function/],
  ["entry without parameters", moduleOf([unit, END], { entry: 1 }), /entry, function 1, has 2 parameters/],
  ["entry without captures", moduleOf([unit, END], {}, { captures: 1 }), /1 captured values/],
  ["no functions", moduleOf([], { functions: [] }), /entry 0 is no function/],
  [
    "number of globals",
    moduleOf([unit, END], { globals: 65_536 }),
    /65536 is no valid number of global variables/,
  ],
  [
    "int constant",
    moduleOf([unit, END], { constants: [{ kind: "int", value: 2 ** 53 }] }),
    /no int of 64 bits/,
  ],
  [
    "small bigint constant",
    moduleOf([unit, END], { constants: [{ kind: "int", value: 5n }] }),
    /no int of 64 bits/,
  ],
  [
    "large bigint constant",
    moduleOf([unit, END], { constants: [{ kind: "int", value: 2n ** 63n }] }),
    /no int of 64 bits/,
  ],
  ["negative zero", moduleOf([unit, END], { constants: [{ kind: "int", value: -0 }] }), /no int of 64 bits/],
  [
    "definition of a type",
    moduleOf([unit, END], { types: [{ kind: "named", definition: 6, args: [] }] }),
    /Type 0: a type names definition 6/,
  ],
  [
    "arguments of a type",
    moduleOf([unit, END], { types: [{ kind: "list", item: { kind: "named", definition: 1, args: [] } }] }),
    /0 arguments to definition 1, which takes 1/,
  ],
  [
    "arguments of option",
    moduleOf([unit, END], { types: [{ kind: "named", definition: 3, args: [INT, INT] }] }),
    /2 arguments to definition 3, which takes 1/,
  ],
  [
    "size of a tuple type",
    moduleOf([unit, END], { types: [{ kind: "tuple", items: [INT] }] }),
    /two items or more/,
  ],
  [
    "order of labels",
    moduleOf([unit, END], {
      types: [{ kind: "anonymous", fields: ["b", "a"].map((label) => ({ label, type: INT })) }],
    }),
    /not in ascending order at a/,
  ],
  [
    "depth of a type",
    moduleOf([unit, END], {
      types: [Array.from({ length: 64 }).reduce<TypeDescriptor>((item) => ({ kind: "list", item }), INT)],
    }),
    /nested deeper than 64/,
  ],
  [
    "labels of a record",
    moduleOf([unit, END], {
      definitions: [
        {
          ...(definitions[0] as Extract<DefinitionData, { kind: "record" }>),
          fields: ["x", "x"].map((label) => ({ label, mutable: false, type: INT })),
        },
      ],
    }),
    /label x stands twice/,
  ],
  [
    "union without a case",
    moduleOf([unit, END], { definitions: [{ kind: "union", name: "Never", params: 0, cases: [] }] }),
    /union Never has no case/,
  ],
  [
    "cases of a union",
    moduleOf([unit, END], {
      definitions: [
        { kind: "union", name: "U", params: 0, cases: ["A", "A"].map((name) => ({ name, fields: [] })) },
      ],
    }),
    /case A stands twice/,
  ],
  [
    "type of a field",
    moduleOf([unit, END], {
      definitions: [
        {
          kind: "exception",
          name: "E",
          fields: [{ label: undefined, type: { kind: "named", definition: 9, args: [] } }],
        },
      ],
    }),
    /definition 9/,
  ],
  [
    "global of an export",
    moduleOf([unit, END], {
      exports: [
        { name: "f", global: 2, arity: 0, parameterNames: [], type: INT, doc: undefined, capabilities: [] },
      ],
    }),
    /2 is no valid global variable/,
  ],
  [
    "names of an export's parameters",
    moduleOf([unit, END], {
      exports: [
        {
          name: "f",
          global: 0,
          arity: 1,
          parameterNames: ["a", "b"],
          type: INT,
          doc: undefined,
          capabilities: [],
        },
      ],
    }),
    /2 names for 1 parameters/,
  ],
  [
    "order of capabilities",
    moduleOf([unit, END], {
      exports: [
        {
          name: "f",
          global: 0,
          arity: 0,
          parameterNames: [],
          type: INT,
          doc: undefined,
          capabilities: ["time:read", "fs:read"],
        },
      ],
    }),
    /capabilities are not in ascending order/,
  ],
  [
    "names of exports",
    moduleOf([unit, END], {
      exports: [0, 1].map((global) => ({
        name: "f",
        global,
        arity: 0,
        parameterNames: [],
        type: INT,
        doc: undefined,
        capabilities: [],
      })),
    }),
    /export f stands twice/,
  ],
  [
    "file of an import",
    moduleOf([unit, END], {
      imports: [
        { module: "", name: "f", arity: 0, capability: undefined, position: { file: 0, line: 1, column: 1 } },
      ],
    }),
    /Import 0: 0 is no valid file/,
  ],
];

describe("verifyModule", () => {
  it("accepts the module that the following cases each break in one place", () => {
    verifyModule(moduleOf([unit, END]));
  });

  it.each(wrongInstructions)("refuses a wrong %s", (_, lines, message) => {
    expect(() => verifyModule(moduleOf(lines))).toThrow(BytecodeError);
    expect(() => verifyModule(moduleOf(lines))).toThrow(message);
  });

  it.each(wrongModules)("refuses a wrong %s", (_, data, message) => {
    expect(() => verifyModule(data)).toThrow(BytecodeError);
    expect(() => verifyModule(data)).toThrow(message);
  });

  it.each<[string, readonly Line[], Partial<FunctionData>]>([
    [
      "a register written on both branches",
      [unit, ["if", 0, 4], ["load.unit", 1], ["jump", 5], ["load.unit", 1], ["return", 1]],
      {},
    ],
    [
      "a register written before a loop",
      [unit, ["load.unit", 1], ["if", 0, 4], ["jump", 2], ["return", 1]],
      {},
    ],
    ["a read that nothing reaches", [unit, END, ["return", 2]], {}],
    [
      "a handler that reads what was written before its range",
      [unit, ["load.unit", 1], unit, END, ["return", 1]],
      { handlers: [{ kind: "with", start: 2, end: 3, target: 4, register: 2 }] },
    ],
    [
      "a handler that reads its exception",
      [unit, END, ["return", 2]],
      { handlers: [{ kind: "with", start: 0, end: 1, target: 2, register: 2 }] },
    ],
    [
      "a range of several blocks, all with the register",
      [unit, ["load.unit", 1], ["if", 0, 4], unit, ["load.unit", 0], END, ["return", 1]],
      { handlers: [{ kind: "with", start: 2, end: 5, target: 6, register: 2 }] },
    ],
  ])("accepts %s", (_, lines, entry) => {
    verifyModule(moduleOf(lines, {}, entry));
  });

  it("does not let a name of a module reach the terminal as it is", () => {
    const data = moduleOf([["return", 1]], {}, { name: "\u001b[2J\u202e" });
    expect(() => verifyModule(data)).toThrow(String.raw`Function 0 (\u{1b}[2J\u{202e}), instruction 0`);
  });
});

/** Definite assignment by the textbook: sets of registers propagated forwards, instruction by instruction, until nothing changes. */
function assignsBeforeReading(item: FunctionData): boolean {
  const { registers, floatRegisters } = item;
  const all = new Set(Array.from({ length: registers + floatRegisters }, (_, register) => register));
  const before: (Set<number> | undefined)[] = item.code.map(() => undefined);
  const flow = (to: number, registers: Set<number>): boolean => {
    const known = before[to] ?? all;
    const common = new Set([...known].filter((register) => registers.has(register)));
    const changed = before[to] === undefined || common.size < known.size;
    before[to] = common;
    return changed;
  };
  flow(0, new Set());
  for (let changed = true; changed; ) {
    changed = false;
    for (const [at, instruction] of item.code.entries()) {
      const assigned = before[at];
      if (assigned === undefined) {
        continue;
      }
      const info = opcodes[instruction[0] as number]!;
      const after = new Set(assigned);
      if (info.operands[0] === "dst") after.add(instruction[1] as number);
      if (info.operands[0] === "fdst") after.add(registers + (instruction[1] as number));
      const targets =
        info.name === "switch.tag"
          ? instruction.slice(3)
          : info.operands.includes("label")
            ? instruction.slice(-1)
            : [];
      for (const target of info.terminal ? targets : [...targets, at + 1]) {
        changed = flow(target, after) || changed;
      }
      for (const handler of item.handlers) {
        if (handler.start <= at && at < handler.end) {
          changed = flow(handler.target, new Set([...assigned, handler.register])) || changed;
        }
      }
    }
  }
  return item.code.every((instruction, at) => {
    const [number, ...operands] = instruction;
    const info = opcodes[number as number]!;
    const reads =
      info.name === "array.new"
        ? operands.slice(2)
        : operands.flatMap((operand, index) => {
            if (info.operands[index] === "fsrc") return [registers + operand];
            return info.operands[index] === "src" ? [operand] : [];
          });
    const assigned = before[at];
    return assigned === undefined || reads.every((register) => assigned.has(register));
  });
}

describe("definite assignment", () => {
  it("is what the textbook analysis says, on any flow of control", () => {
    const outcomes = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const item = randomFlow(seed);
        const expected = assignsBeforeReading(item);
        outcomes[expected ? "accepted" : "refused"] += 1;
        const data = moduleOf([], { functions: [item] });
        if (expected) {
          verifyModule(data);
        } else {
          expect(() => verifyModule(data)).toThrow(/on some path nothing has been written/);
        }
      }),
      { numRuns: 4000 },
    );
    expect(Math.min(outcomes.accepted, outcomes.refused)).toBeGreaterThan(200);
  });

  it("of a forged function with a huge flow is given up in bounded time", () => {
    // Every register is live through every block: 20,000 registers, 20,000 blocks.
    const size = 20_000;
    const registers = 20_000;
    const lines: Line[] = [unit];
    for (let register = 1; register < registers; register += 1) {
      lines.push(["load.unit", register]);
    }
    for (let block = 0; block < size; block += 1) {
      lines.push(["if", 0, lines.length + 1]);
    }
    for (let register = 0; register < registers; register += 1) {
      lines.push(["array.new", 0, 1, register]);
    }
    lines.push(END);
    expect(() => verifyModule(moduleOf(lines, {}, { registers }))).toThrow(/too large to verify/);
  });

  it("of many handlers for one range is given up in bounded time", () => {
    const size = 12_000;
    const lines: Line[] = [unit, ["load.unit", 1]];
    for (let block = 0; block < size; block += 1) {
      lines.push(["if", 0, lines.length + 1]);
    }
    lines.push(END, ["return", 1]);
    const handlers = Array.from({ length: size }, () => ({
      kind: "with" as const,
      start: 2,
      end: lines.length - 1,
      target: lines.length - 1,
      register: 2,
    }));
    expect(() => verifyModule(moduleOf(lines, {}, { handlers }))).toThrow(/too large to verify/);
  });
});
