/**
 * Forged modules of both versions, some of which get past the verifier: 20,000 here, a million with `FUZZ_MODULES=1000000`. A failure names its seed: `FUZZ_SEED=…` runs that case alone.
 */
import { jit } from "@fusabi/jit";
import { standardLibrary } from "@fusabi/stdlib";
import {
  BytecodeError,
  CallError,
  ConversionError,
  decodeModule,
  disassemble,
  type Engine,
  encodeModule,
  FusabiError,
  type Instance,
  instantiate,
  LimitError,
  LinkError,
  type MachineLimits,
  type ModuleData,
  readModule,
} from "@fusabi/vm";
import { decodeV1, disassembleV1, namesUsedV1, runV1 } from "@fusabi/vm/v1";
import { expect, test } from "vitest";
import { compileProgram, readCorpus } from "../src/index.js";
import { Dice } from "./fuzz/dice.js";
import { mutated } from "./fuzz/module-mutations.js";
import { randomFile } from "./fuzz/programs-v1.js";

const cases = Number(process.env["FUZZ_MODULES"] ?? 20_000);
const onlySeed = process.env["FUZZ_SEED"];
/** No case may take longer, in milliseconds: a hang is an escape. */
const LONGEST = 5_000;

const limits: MachineLimits = {
  maxInstructions: 3_000,
  maxAllocatedBytes: 4_000_000,
  memoryBytes: 1_000_000,
  maxStackDepth: 500,
  maxOutputBytes: 10_000,
  timeoutMs: 2_000,
};

const library = standardLibrary();
const engine: Engine = jit({ tier: "always" });
const LARGEST_ORIGINAL = 1_200;

const originals: readonly ModuleData[] = readCorpus()
  .filter((program) => program.expectation.kind === "output" && program.source.length < 1_000)
  .flatMap((program) => {
    const bytecode = compileProgram(program, { debugInfo: false });
    return bytecode instanceof Uint8Array && bytecode.length < LARGEST_ORIGINAL ? [readModule(bytecode)] : [];
  });

/** Whether a host can expect the error of a program. */
function isExpected(error: unknown): boolean {
  return (
    error instanceof BytecodeError ||
    error instanceof LinkError ||
    error instanceof FusabiError ||
    error instanceof LimitError ||
    error instanceof ConversionError ||
    error instanceof CallError
  );
}

function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    if (!isExpected(error)) throw error;
    return undefined;
  }
}

const ARGUMENTS: readonly unknown[] = [
  0,
  -1,
  2 ** 53 - 1,
  1.5,
  "text",
  true,
  undefined,
  null,
  [1, 2],
  { a: 1 },
];

function useExports(instance: Instance, dice: Dice): void {
  for (const { name, arity } of [...instance.exports.values()].slice(0, 4)) {
    if (arity === 0) attempt(() => instance.get(name));
    else
      attempt(() =>
        instance.call(
          name,
          Array.from({ length: arity }, () => dice.pick(ARGUMENTS)),
        ),
      );
  }
  if (dice.chance(10)) attempt(() => instance.restore(instance.snapshot()));
}

/** How far the module got. */
function forgeModule(seed: number): "written" | "verified" | "ran" | undefined {
  const dice = new Dice(seed);
  const data = mutated(dice.pick(originals), dice);
  let bytes: Uint8Array;
  try {
    bytes = encodeModule(data);
  } catch {
    // The encoder trusts its caller, and some of this cannot be written down.
    return undefined;
  }
  const module = attempt(() => decodeModule(bytes));
  if (module === undefined) return "written";
  if (dice.chance(5)) attempt(() => disassemble(data));
  const options = { imports: library, limits, ...(dice.chance(4) ? { engine } : {}) };
  const instance = attempt(() => instantiate(module, options));
  if (instance === undefined) return "verified";
  useExports(instance, dice);
  instance.dispose();
  return "ran";
}

function forgeFile(seed: number): "written" | "verified" | "ran" {
  const bytes = randomFile(new Dice(seed));
  const program = attempt(() => decodeV1(bytes));
  if (program === undefined) return "written";
  namesUsedV1(program);
  if (seed % 20 === 0) disassembleV1(program);
  const result = attempt(() => runV1(program, { limits, imports: seed % 16 === 0 ? library : [] }));
  if (result === undefined) return "verified";
  attempt(() => result.value);
  return "ran";
}

/** What programs of the language must never be able to change. */
function prototypes(): string {
  const guarded = [Object, Array, Function, String, Number, Map, Set, Promise, Error];
  return guarded.map(({ prototype }) => Reflect.ownKeys(prototype).map(String).join()).join(";");
}

async function fuzz(
  count: number,
  forge: (seed: number) => string | undefined,
): Promise<Map<string, number>> {
  const before = prototypes();
  const reached = new Map<string, number>();
  const seeds =
    onlySeed === undefined ? Array.from({ length: count }, (_, seed) => seed) : [Number(onlySeed)];
  // Stacks are most of what an error costs; the case that is run alone has one.
  if (onlySeed === undefined) Error.stackTraceLimit = 0;
  for (const seed of seeds) {
    // Asyncs that were started go on, or what waits for them piles up.
    if (seed % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
    const begun = performance.now();
    try {
      const stage = forge(seed) ?? "not written";
      reached.set(stage, (reached.get(stage) ?? 0) + 1);
    } catch (error) {
      throw new Error(`the case FUZZ_SEED=${seed} escapes: ${String(error)}`, { cause: error });
    }
    const elapsed = performance.now() - begun;
    if (elapsed > LONGEST) throw new Error(`the case FUZZ_SEED=${seed} takes ${Math.round(elapsed)} ms`);
  }
  expect(prototypes()).toBe(before);
  return reached;
}

test("forged modules of version 2 do no harm", { timeout: 24 * 3_600_000 }, async () => {
  const reached = await fuzz(Math.ceil(cases / 2), forgeModule);
  if (onlySeed !== undefined) return;
  // The cases are worth something only if all stages see many of them.
  expect(reached.get("written")).toBeGreaterThan(cases / 20);
  expect(reached.get("verified")).toBeGreaterThan(cases / 50);
  expect(reached.get("ran")).toBeGreaterThan(cases / 20);
});

test("forged files of version 1 do no harm", { timeout: 24 * 3_600_000 }, async () => {
  const reached = await fuzz(Math.floor(cases / 2), forgeFile);
  if (onlySeed !== undefined) return;
  expect(reached.get("verified")).toBeGreaterThan(cases / 20);
  expect(reached.get("ran")).toBeGreaterThan(cases / 50);
});
