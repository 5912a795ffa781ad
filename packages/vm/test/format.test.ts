import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  BytecodeError,
  bytecodeVersion,
  disassemble,
  encodeModule,
  type ModuleData,
  readModule,
  type TypeDescriptor,
  verifyModule,
} from "../src/index.js";
import { Dice, opcode, randomModule } from "./format-generator.js";

const seeds = fc.tuple(fc.integer(), fc.integer({ min: 1, max: 12 }));

const smallest: ModuleData = {
  name: "m",
  imports: [],
  constants: [],
  definitions: [],
  types: [],
  functions: [
    {
      name: "<script>",
      arity: 0,
      registers: 1,
      floatRegisters: 0,
      captures: 0,
      code: [
        [opcode("load.unit"), 0],
        [opcode("return"), 0],
      ],
      handlers: [],
      positions: undefined,
      file: 0,
    },
  ],
  entry: 0,
  globals: 0,
  exports: [],
  files: [],
};

/** Bytes of the sections of a file: `[id, start of the section, start of the payload, end]`. */
function sectionsOf(bytes: Uint8Array): { id: number; start: number; payload: number; end: number }[] {
  const sections = [];
  let at = 5;
  const unsigned = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at] as number;
      at += 1;
      value += (byte & 127) << shift;
      if (byte < 128) {
        return value;
      }
    }
  };
  while (at < bytes.length) {
    const start = at;
    const id = unsigned();
    const length = unsigned();
    sections.push({ id, start, payload: at, end: at + length });
    at += length;
  }
  return sections;
}

function problem(bytes: Uint8Array): BytecodeError {
  try {
    readModule(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(BytecodeError);
    return error as BytecodeError;
  }
  throw new Error("The bytes were read");
}

describe("the bytes of a module", () => {
  it("are as documented", async () => {
    const page = await readFile(new URL("../../../docs/fzb-v2.md", import.meta.url), "utf8");
    const listing = /```hex\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
    const documented = listing
      .split("\n")
      .flatMap((line) => /^((?:[0-9A-F]{2} )+)/.exec(line)?.[1]?.trim().split(" ") ?? []);
    const constants = [
      { kind: "int", value: -2 },
      { kind: "string", value: "hé" },
    ] as const;
    const bytes = encodeModule({ ...smallest, constants });
    expect(documented.map((byte) => Number.parseInt(byte, 16))).toEqual([...bytes]);
  });

  it("come back as the module they were written from", () => {
    fc.assert(
      fc.property(seeds, ([seed, size]) => {
        const data = randomModule(seed, size);
        const bytes = encodeModule(data);
        expect(readModule(bytes)).toStrictEqual(data);
        expect(encodeModule(readModule(bytes))).toEqual(bytes);
      }),
      { numRuns: 120 },
    );
  });

  it("verify when the module is well formed", () => {
    fc.assert(
      fc.property(seeds, ([seed, size]) => {
        verifyModule(randomModule(seed, size));
      }),
      { numRuns: 500 },
    );
  });

  it("lose names of files and positions when stripped, and nothing else", () => {
    fc.assert(
      fc.property(seeds, ([seed, size]) => {
        const data = randomModule(seed, size);
        const stripped = readModule(encodeModule(data, { strip: true }));
        expect(stripped).toStrictEqual({
          ...data,
          files: [],
          imports: data.imports.map((item) => ({ ...item, position: undefined })),
          functions: data.functions.map((item) => ({ ...item, positions: undefined, file: 0 })),
        });
        verifyModule(stripped);
      }),
      { numRuns: 50 },
    );
  });

  it("hold 64-bit ints and every float exactly", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.double(), (int, float) => {
        const value = Number.isSafeInteger(Number(int)) ? Number(int) : int;
        const constants = [
          { kind: "int", value },
          { kind: "float", value: float },
        ] as const;
        expect(readModule(encodeModule({ ...smallest, constants })).constants).toStrictEqual(constants);
      }),
    );
  });

  it("hold any string of UTF-16 units", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 0xffff })),
        fc.string({ unit: "binary" }),
        (units, text) => {
          const constants = [String.fromCharCode(...units), text].map(
            (value) => ({ kind: "string", value }) as const,
          );
          expect(readModule(encodeModule({ ...smallest, constants })).constants).toStrictEqual(constants);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("may stand in memory shared between threads", () => {
    const bytes = encodeModule(smallest);
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
    shared.set(bytes);
    expect(readModule(shared)).toStrictEqual(smallest);
  });
});

describe("encodeModule refuses what the format cannot hold", () => {
  const nested = (depth: number): TypeDescriptor =>
    depth === 1 ? { kind: "int" } : { kind: "list", item: nested(depth - 1) };

  it("types that are nested too deep", () => {
    const types = [nested(64)];
    expect(readModule(encodeModule({ ...smallest, types })).types).toStrictEqual(types);
    expect(() => encodeModule({ ...smallest, types: [nested(65)] })).toThrow(/nested deeper than 64/);
  });

  it.each<[string, Partial<ModuleData>, RegExp]>([
    ["a negative number", { globals: -1 }, /Cannot encode -1/],
    ["a broken number", { globals: 1.5 }, /Cannot encode 1\.5/],
    ["an int beyond 64 bits", { constants: [{ kind: "int", value: 2n ** 63n }] }, /64 bits/],
    ["an unsafe number as int", { constants: [{ kind: "int", value: 2 ** 53 }] }, /safe integer/],
    ["an unknown opcode", { functions: [{ ...smallest.functions[0]!, code: [[9999]] }] }, /no opcode 9999/],
    [
      "a missing operand",
      { functions: [{ ...smallest.functions[0]!, code: [[opcode("return")]] }] },
      /operand 1 is missing/,
    ],
    [
      "an operand too many",
      { functions: [{ ...smallest.functions[0]!, code: [[opcode("return"), 0, 0]] }] },
      /1 operands too many/,
    ],
    [
      "a wide immediate",
      { functions: [{ ...smallest.functions[0]!, code: [[opcode("load.int"), 0, 2 ** 31]] }] },
      /32 bits/,
    ],
    [
      "positions beside the code",
      { functions: [{ ...smallest.functions[0]!, positions: [{ line: 1, column: 1 }] }] },
      /1 positions/,
    ],
    [
      "a negative line",
      {
        functions: [
          {
            ...smallest.functions[0]!,
            positions: [
              { line: -1, column: 1 },
              { line: 1, column: 1 },
            ],
          },
        ],
      },
      /position -1:1/,
    ],
  ])("%s", (_, change, message) => {
    expect(() => encodeModule({ ...smallest, ...change })).toThrow(BytecodeError);
    expect(() => encodeModule({ ...smallest, ...change })).toThrow(message);
  });
});

describe("readModule", () => {
  const bytes = encodeModule({ ...smallest, constants: [{ kind: "int", value: 1 }] });

  it("knows what is a .fzb", () => {
    expect(bytecodeVersion(bytes)).toBe(2);
    expect(bytecodeVersion(new Uint8Array([0x46, 0x5a, 0x42, 1, 1]))).toBe(1);
    expect(bytecodeVersion(new Uint8Array([0x46, 0x5a, 0x42, 1]))).toBeUndefined();
    expect(bytecodeVersion(new TextEncoder().encode("let x = 1"))).toBeUndefined();
    expect(problem(new Uint8Array()).message).toMatch(/no \.fzb/);
    expect(problem(new Uint8Array([0x46, 0x5a, 0x42, 1, 1])).message).toMatch(/decodeV1 of @fusabi\/vm\/v1/);
    expect(problem(new Uint8Array([0x46, 0x5a, 0x42, 1, 3])).message).toMatch(/version 3/);
  });

  it("skips sections it does not know", () => {
    const [first] = sectionsOf(bytes);
    const extended = new Uint8Array([
      ...bytes.slice(0, first!.end),
      77,
      3,
      1,
      2,
      3,
      ...bytes.slice(first!.end),
      77,
      0,
    ]);
    expect(readModule(extended)).toStrictEqual(readModule(bytes));
  });

  it("refuses missing, repeated, disordered and overlong sections", () => {
    const sections = sectionsOf(bytes);
    expect(sections.map((section) => section.id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    for (const { start, payload, end } of sections) {
      const whole = bytes.slice(start, end);
      expect(problem(new Uint8Array([...bytes.slice(0, start), ...bytes.slice(end)])).message).toMatch(
        /section is missing/,
      );
      expect(
        problem(new Uint8Array([...bytes.slice(0, end), ...whole, ...bytes.slice(end)])).message,
      ).toMatch(/stands twice/);
      const longer = [
        ...bytes.slice(0, start),
        bytes[start]!,
        end - payload + 1,
        ...bytes.slice(payload, end),
        0,
        ...bytes.slice(end),
      ];
      expect(problem(new Uint8Array(longer)).message).toMatch(/1 bytes too many/);
    }
    const [first, second] = sections;
    const swapped = [
      ...bytes.slice(0, 5),
      ...bytes.slice(second!.start, second!.end),
      ...bytes.slice(first!.start, first!.end),
      ...bytes.slice(second!.end),
    ];
    expect(problem(new Uint8Array(swapped)).message).toMatch(/stands behind a later one/);
  });

  it("refuses the bytes when they end too early, with the offset", () => {
    for (let length = 0; length < bytes.length; length += 1) {
      const { offset } = problem(bytes.slice(0, length));
      expect(offset === undefined || offset <= length).toBe(true);
    }
  });

  it("refuses counts and lengths that the bytes do not bear out", () => {
    const huge = [0xff, 0xff, 0xff, 0xff, 0x0f];
    for (const { id, start, end } of sectionsOf(bytes).slice(1)) {
      const forged = [...bytes.slice(0, start), id, huge.length, ...huge, ...bytes.slice(end)];
      expect(problem(new Uint8Array(forged)).message).toMatch(/4294967295 .* are promised/);
    }
    expect(problem(new Uint8Array([...bytes, 77, ...huge])).message).toMatch(/4294967295 bytes is promised/);
  });

  it("refuses numbers in another than the shortest form, and beyond their width", () => {
    const meta = (payload: number[]): Uint8Array =>
      new Uint8Array([...bytes.slice(0, 5), 1, payload.length, ...payload, ...bytes.slice(10)]);
    expect(problem(meta([0x80, 0x00, 0, 0])).message).toMatch(/shortest form/);
    expect(problem(meta([0, 0, 0xff, 0xff, 0xff, 0xff, 0x10])).message).toMatch(/32 bits/);
    expect(problem(meta([0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0])).message).toMatch(/32 bits/);
    const constants = sectionsOf(bytes)[3]!;
    const int = (payload: number[]): Uint8Array =>
      new Uint8Array([
        ...bytes.slice(0, constants.start),
        4,
        payload.length + 2,
        1,
        0,
        ...payload,
        ...bytes.slice(constants.end),
      ]);
    const nines = Array.from({ length: 9 }, () => 0xff);
    expect(readModule(int([...nines, 1])).constants).toStrictEqual([{ kind: "int", value: -(2n ** 63n) }]);
    expect(problem(int([...nines, 2])).message).toMatch(/64 bits/);
    expect(problem(int([0x82, 0x00])).message).toMatch(/shortest form/);
  });

  it("refuses strings that are not what their size says", () => {
    const pool = sectionsOf(bytes)[1]!;
    const strings = (payload: number[]): Uint8Array =>
      new Uint8Array([
        ...bytes.slice(0, pool.start),
        2,
        payload.length,
        ...payload,
        ...bytes.slice(pool.end),
      ]);
    expect(problem(strings([1, 6, 0xed, 0xa0, 0x80])).message).toMatch(/not UTF-8/);
    expect(problem(strings([1, 4, 0xc0, 0x80])).message).toMatch(/not UTF-8/);
    expect(problem(strings([1, 3, 0xd8])).message).toMatch(/odd number/);
    expect(problem(strings([1, 5, 0x41, 0x00])).message).toMatch(/has a UTF-8 form/);
    expect(problem(strings([1, 2, 0x6d])).message).toMatch(/not in the pool/);
  });
});

describe("damaged bytes", () => {
  /** Whatever the bytes are: a BytecodeError, or a module that can be listed and written again. */
  function survives(bytes: Uint8Array): boolean {
    let data: ModuleData;
    try {
      data = readModule(bytes);
    } catch (error) {
      expect(error).toBeInstanceOf(BytecodeError);
      return false;
    }
    expect(disassemble(data).length).toBeGreaterThan(0);
    expect(readModule(encodeModule(data))).toStrictEqual(data);
    try {
      verifyModule(data);
    } catch (error) {
      expect(error).toBeInstanceOf(BytecodeError);
      return false;
    }
    return true;
  }

  it("give a BytecodeError or a module, whichever byte is flipped", () => {
    let modules = 0;
    let trials = 0;
    for (let seed = 0; seed < 9; seed += 1) {
      const bytes = encodeModule(randomModule(seed, 4));
      const dice = new Dice(seed);
      for (let at = 0; at < bytes.length && at < 400; at += 1) {
        const damaged = bytes.slice();
        damaged[at] = (damaged[at] as number) ^ (1 + dice.below(255));
        modules += survives(damaged) ? 1 : 0;
        trials += 1;
      }
    }
    expect(trials).toBeGreaterThan(2000);
    // Damage must sometimes be harmless and sometimes not, or this test would look at nothing.
    expect(modules).toBeGreaterThan(trials / 100);
    expect(modules).toBeLessThan(trials);
  });

  it("give a BytecodeError or a module after cuts, insertions and splices", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (seed, damage) => {
        const dice = new Dice(damage);
        let bytes = encodeModule(randomModule(seed, 3));
        for (let changes = 1 + dice.below(4); changes > 0; changes -= 1) {
          const at = dice.below(bytes.length);
          const inserted = dice.list(4, () => dice.pick([0, 1, 127, 128, 255, dice.below(256)]));
          bytes = new Uint8Array([...bytes.slice(0, at), ...inserted, ...bytes.slice(at + dice.below(5))]);
          bytes.set([0x46, 0x5a, 0x42, 1, 2].slice(0, bytes.length));
        }
        survives(bytes);
      }),
      { numRuns: 1000 },
    );
  });

  it("of any kind behind the header are refused or read", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (tail) => {
        survives(new Uint8Array([0x46, 0x5a, 0x42, 1, 2, ...tail]));
      }),
      { numRuns: 1000 },
    );
  });
});
