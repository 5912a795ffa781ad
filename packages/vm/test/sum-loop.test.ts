import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeModule, encodeModule, instantiate, LimitError, type TypeDescriptor } from "../src/index.js";
import { assemble } from "./assembler.js";

const int: TypeDescriptor = { kind: "int" };

function functionOf(parameters: number): TypeDescriptor {
  let type = int;
  for (let left = parameters; left > 0; left--) type = { kind: "function", parameter: int, result: type };
  return type;
}

/** A function that adds to its first parameter every value of its second, up to the end that `back`, the jump back, knows; and the same with an instruction more, which is not executed in place. */
function sums(back: string, step: number, parameters: number): ReturnType<typeof instantiate> {
  const loop = (more: string): string => `
    @turn:
    int.add r0 r0 r1
    ${more}
    int.add.imm r1 r1 ${step}
    ${back} @turn
    return r0`;
  const exported = (name: string, global: number) => ({
    name,
    global,
    arity: parameters,
    parameterNames: [],
    type: functionOf(parameters),
    doc: undefined,
    capabilities: [],
  });
  const data = assemble(
    [
      { name: "inPlace", arity: parameters, code: loop("") },
      { name: "stepByStep", arity: parameters, code: loop("move r3 r0") },
      {
        name: "<script>",
        code: `
          load.fn r0 0
          store.global 0 r0
          load.fn r0 1
          store.global 1 r0
          load.unit r0
          return r0`,
      },
    ],
    { globals: 2, exports: [exported("inPlace", 0), exported("stepByStep", 1)] },
  );
  return instantiate(decodeModule(encodeModule(data)));
}

/** Near the ends of small ints, of safe ints and of all ints. */
const start = fc.oneof(
  fc.constantFrom(0, -5, 2 ** 31 - 3, -(2 ** 31), 2 ** 53 - 40, -(2 ** 53) + 1, 2n ** 63n - 5n, -(2n ** 63n)),
  fc.integer({ min: -1000, max: 1000 }),
);

test("a loop up to a number gives the sum and the fuel of the same loop step by step", () => {
  fc.assert(
    fc.property(
      start,
      fc.integer({ min: -300, max: 300 }),
      fc.integer({ min: 1, max: 7 }),
      (total, first, step) => {
        const instance = sums("unless.gt.imm r1 200", step, 2);
        const expected = instance.call("stepByStep", [total, first]);
        const { instructions } = instance.lastUsage;
        expect(instance.call("inPlace", [total, first])).toEqual(expected);
        const turns = Math.max(1, Math.floor((200 - first) / step) + 1);
        expect(instance.lastUsage.instructions).toBe(instructions - turns);
      },
    ),
  );
});

test("a loop up to a variable does, too, when it is no small number", () => {
  for (const end of [4, 2 ** 31 + 2, 2 ** 53 - 1, 2n ** 53n + 3n]) {
    for (const total of [0, 2 ** 31, -(2 ** 53) + 1, 2n ** 62n]) {
      const instance = sums("unless.eq r1 r2", 1, 3);
      const first = typeof end === "bigint" ? end - 7n : end - 7;
      expect(instance.call("inPlace", [total, first, end])).toEqual(
        instance.call("stepByStep", [total, first, end]),
      );
    }
  }
});

test("the loop stops where its fuel ends", () => {
  const instance = sums("unless.gt.imm r1 2000000000", 1, 2);
  for (const maxInstructions of [1, 2, 3, 4, 100, 60_000, 150_001]) {
    const failed = (() => {
      try {
        return instance.call("inPlace", [0, 0], { limits: { maxInstructions } });
      } catch (error) {
        return error;
      }
    })();
    expect(failed).toBeInstanceOf(LimitError);
    expect(failed).toMatchObject({ code: "FUS0601", allowed: maxInstructions });
    expect((failed as LimitError).actual).toBeLessThanOrEqual(maxInstructions + 4);
  }
});

test("a loop that never ends because its step leads away runs until its fuel ends", () => {
  const instance = sums("unless.gt.imm r1 10", -1, 2);
  expect(() => instance.call("inPlace", [0, 0], { limits: { maxInstructions: 100_000 } })).toThrow(
    /instruction limit/,
  );
});
