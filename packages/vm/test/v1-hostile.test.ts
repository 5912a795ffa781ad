import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AbortError, BytecodeError, FusabiError, LimitError, LinkError } from "../src/index.js";
import { decodeV1, disassembleV1, namesUsedV1, type ProgramV1, runV1 } from "../src/v1/index.js";
import { fileNamed, filesIn } from "./v1-files.js";

const files = [...filesIn(""), ...filesIn("assembled")].filter(({ bytes }) => bytes.length < 20_000);
const limits = {
  maxInstructions: 20_000,
  memoryBytes: 1_000_000,
  maxAllocatedBytes: 10_000_000,
  timeoutMs: 5000,
};

/** Does everything that can be done with a file; only errors of our own classes may come out. */
function exercise(bytes: Uint8Array): "refused" | "failed" | "ran" {
  let program: ProgramV1;
  try {
    program = decodeV1(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(BytecodeError);
    return "refused";
  }
  namesUsedV1(program);
  disassembleV1(program);
  try {
    runV1(program, { limits });
    return "ran";
  } catch (error) {
    if (error instanceof FusabiError || error instanceof LimitError || error instanceof LinkError)
      return "failed";
    throw error;
  }
}

describe("hostile files", () => {
  test("cut anywhere: refused", () => {
    const file = fileNamed("assembled", "every-constant");
    for (let length = 0; length < file.length; length++)
      expect(exercise(file.subarray(0, length))).toBe("refused");
    expect(exercise(file)).toBe("ran");
  });

  test("any byte changed: refused, failed or run, within the limits", () => {
    const file = fc.constantFrom(...files);
    const change = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }));
    const seen = new Set<string>();
    fc.assert(
      fc.property(file, fc.array(change, { minLength: 1, maxLength: 4 }), ({ bytes }, changes) => {
        const damaged = bytes.slice();
        for (const [at, byte] of changes) {
          // The header is left alone, so that the changes reach what lies behind it.
          damaged[5 + (at % (damaged.length - 5))] = byte;
        }
        seen.add(exercise(damaged));
      }),
      { numRuns: 2000 },
    );
    expect([...seen].sort()).toEqual(["failed", "ran", "refused"]);
  });

  test("a string that is longer than the file, with the original's odd text", () => {
    expect(() => decodeV1(fileNamed("malformed", "cut-in-string"))).toThrow(
      expect.objectContaining({ message: "io error: ", code: "bytecode" }),
    );
  });

  test("lists nested a hundred thousand deep are read, shown and compared", () => {
    const depth = 100_000;
    const nested = deeplyNested(depth);
    const { text } = runV1(nested, { limits: { maxInstructions: 10_000_000 } });
    expect(text).toBe(`${"[".repeat(depth)}[]${"]".repeat(depth)}`);
  });

  test("the value of a run that cannot cross says so only when it is read", () => {
    const result = runV1(deeplyNested(5000));
    expect(result.text).toHaveLength(10_002);
    expect(() => result.value).toThrow(expect.objectContaining({ code: "conversion" }));
  });

  test("an endless loop meets the limits, and stops when the host says so", () => {
    const loop = program(["1b000000 ffff", "20000000"]);
    expect(() => runV1(loop, { limits: { maxInstructions: 1000 } })).toThrow(
      expect.objectContaining({ name: "LimitError", limit: "maxInstructions" }),
    );
    expect(() => runV1(loop, { limits: { timeoutMs: 20, maxInstructions: null } })).toThrow(
      expect.objectContaining({ name: "LimitError", limit: "timeoutMs" }),
    );
    const abort = new AbortController();
    abort.abort();
    expect(() => runV1(loop, { signal: abort.signal })).toThrow(AbortError);
  });

  test("a stack that grows without end meets the limit of memory", () => {
    const growing = program(["00000000 0000", "1b000000 feff"], ["04000000"]);
    expect(() => runV1(growing, { limits: { memoryBytes: 80_000 } })).toThrow(
      expect.objectContaining({ name: "LimitError", limit: "memoryBytes" }),
    );
  });

  test("an array that contains itself: shown and compared within the limits", () => {
    for (const name of ["show", "compare"] as const) {
      expect(() => runV1(selfContaining(name), { limits: { maxInstructions: 200_000 } })).toThrow(LimitError);
      expect(() =>
        runV1(selfContaining(name), { limits: { maxInstructions: null, memoryBytes: 1_000_000 } }),
      ).toThrow(LimitError);
    }
  });
});

function hex(...texts: string[]): number[] {
  return [...Buffer.from(texts.join("").replaceAll(" ", ""), "hex")];
}

function count(n: number): number[] {
  return [n & 255, (n >> 8) & 255, (n >> 16) & 255, 0, 0, 0, 0, 0];
}

/** A file of these instructions and constants, each in hexadecimal. */
function program(instructions: readonly string[], constants: readonly string[] = []): ProgramV1 {
  return decodeV1(
    new Uint8Array([
      ...hex("465a420101"),
      ...count(instructions.length),
      ...hex(...instructions),
      ...count(constants.length),
      ...hex(...constants),
      ...hex("00", "0000000000000000", "0000"),
    ]),
  );
}

/** LOAD_CONST 0, RETURN of a list in a list in a list … */
function deeplyNested(depth: number): ProgramV1 {
  const cons = "06000000";
  const nil = "07000000";
  return program(["00000000 0000", "20000000"], [cons.repeat(depth) + nil.repeat(depth + 1)]);
}

/** The constant array 0 becomes its own element; then it is returned, or compared with constant 2, of which the same is true. */
function selfContaining(use: "show" | "compare"): ProgramV1 {
  const load = (index: number) => `00000000 0${index}00`;
  const set = "2a000000";
  const pop = "06000000";
  const tie = (index: number) => [load(index), load(1), load(index), set, pop];
  const array = `08000000 0100000000000000 04000000`;
  const zero = "00000000 0000000000000000";
  return program(
    [...tie(0), ...tie(2), load(0), ...(use === "show" ? [] : [load(2), "12000000"]), "20000000"],
    [array, zero, array],
  );
}
