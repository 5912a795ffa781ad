/**
 * The seam to a second tier. An engine brings functions of its own making for those of a module; the interpreter offers it each function that it enters.
 *
 * Code that an engine may take over is prepared apart (`ENTER` at the start of each function and loop), so that instances without an engine pay nothing, and shared by all instances of that engine.
 */
import type { LinkedImport } from "../host/link.js";
import type { Closure, Value } from "../values/value.js";
import { bind } from "./binding.js";
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
  return kept(prepared, engine, () => ({
    modules: new WeakMap(),
    units: new WeakMap(),
    imports: new WeakMap(),
  }));
}

/** What is kept for the key, made when it is first asked for. */
function kept<K extends object, V>(known: WeakMap<K, V>, key: K, make: () => V): V {
  let value = known.get(key);
  if (value === undefined) {
    value = make();
    known.set(key, value);
  }
  return value;
}

/** The module as the engine runs it. */
export function moduleFor(engine: Engine, module: ExecutableModule): ExecutableModule {
  return kept(preparedFor(engine).modules, module, () => prepareForEngine(module));
}

/** The import with the code of libraries as the engine runs it. */
export function importFor(engine: Engine, original: LinkedImport): LinkedImport {
  const { code, unit } = original;
  if (code === undefined || unit === undefined) return original;
  return kept(preparedFor(engine).imports, original, () => {
    const library = libraryFor(engine, unit);
    return { ...original, unit: library, code: library.module.functions[code.index] };
  });
}

/** A library's top level holds functions only, so a second unit of it has the same meaning. */
function libraryFor(engine: Engine, original: LinkedUnit): LinkedUnit {
  return kept(preparedFor(engine).units, original, () =>
    bind(
      moduleFor(engine, original.module),
      original.imports.map((one) => importFor(engine, one)),
      original.globals,
    ),
  );
}
