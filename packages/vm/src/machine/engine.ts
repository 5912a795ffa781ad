/**
 * The seam to a second tier. An engine brings functions of its own making for those of a module; the interpreter offers it each function that it enters.
 *
 * Code that an engine may take over is prepared apart (`ENTER` at the start of each function and loop), so that instances without an engine pay nothing, and shared by all instances of that engine.
 */
import type { LinkedImport } from "../host/link.js";
import { Closure, type Value } from "../values/value.js";
import type { Call } from "./call.js";
import type { ExecutableModule, LinkedUnit } from "./code.js";
import { prepareForEngine } from "./prepare.js";

/**
 * A second tier, which runs functions in place of the interpreter. Made by `jit()` of `@fusabi/jit`; one engine serves any number of instances.
 *
 * @example
 * const engine: Engine = jit();
 * if (engine.unavailable !== undefined) console.warn(`interpreted: ${engine.unavailable}`);
 * instantiate(module, { engine });
 */
export interface Engine {
  /** Name in messages: `jit`. */
  readonly name: string;
  /** Why this host gets the interpreter all the same; undefined when the engine works. */
  readonly unavailable: string | undefined;
  /**
   * The function is about to be entered, or one of its loops to begin a turn at the word `pc`, at the bottom of an asynchronous call (`mayPark`) or elsewhere: whether the engine runs it from there.
   * Counts the call or the turn.
   */
  takes(call: Call, closure: Closure, pc: number, mayPark: boolean): boolean;
  /** Runs a function that it takes to its end, at the given depth, with the values of the registers from `base` on. What the block at `pc` costs has been paid. */
  enter(
    call: Call,
    closure: Closure,
    pc: number,
    registers: readonly Value[],
    base: number,
    depth: number,
  ): Value;
}

/** What has been prepared for one engine. */
interface Prepared {
  readonly modules: WeakMap<ExecutableModule, ExecutableModule>;
  readonly units: WeakMap<LinkedUnit, LinkedUnit>;
  readonly imports: WeakMap<LinkedImport, LinkedImport>;
}

const prepared = new WeakMap<Engine, Prepared>();

function preparedFor(engine: Engine): Prepared {
  let known = prepared.get(engine);
  if (known === undefined) {
    known = { modules: new WeakMap(), units: new WeakMap(), imports: new WeakMap() };
    prepared.set(engine, known);
  }
  return known;
}

/** The module as the engine runs it. */
export function moduleFor(engine: Engine, module: ExecutableModule): ExecutableModule {
  const { modules } = preparedFor(engine);
  let own = modules.get(module);
  if (own === undefined) {
    own = prepareForEngine(module);
    modules.set(module, own);
  }
  return own;
}

/** The import with the code of libraries as the engine runs it. */
export function importFor(engine: Engine, original: LinkedImport): LinkedImport {
  const { code, unit } = original;
  if (code === undefined || unit === undefined) return original;
  const { imports } = preparedFor(engine);
  let own = imports.get(original);
  if (own === undefined) {
    const library = libraryFor(engine, unit);
    own = { ...original, unit: library, code: library.module.functions[code.index] };
    imports.set(original, own);
  }
  return own;
}

/** A library's top level holds functions only, so a second unit of it has the same meaning. */
function libraryFor(engine: Engine, original: LinkedUnit): LinkedUnit {
  const { units } = preparedFor(engine);
  const known = units.get(original);
  if (known !== undefined) return known;
  const module = moduleFor(engine, original.module);
  const closures: (Closure | undefined)[] = [];
  const unit: LinkedUnit = {
    module,
    imports: original.imports.map((one) => importFor(engine, one)),
    globals: original.globals,
    closures,
  };
  for (const code of module.functions)
    closures.push(code.data.captures === 0 ? new Closure(code, unit, []) : undefined);
  units.set(original, unit);
  return unit;
}
