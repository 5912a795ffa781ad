/**
 * A text that is being made of functions: those of one module, and copies of functions that take functions, each for what it is given there. Engines put a function that is called into its
 * caller only where it is always the same one; a library function that maps a list calls another one for each of its callers, and a copy of it always the same.
 */
import type { ExecutableModule, FunctionCode, LinkedUnit } from "@fusabi/vm/engine";
import { catchersOf, functionSource } from "./function-source.js";
import type { Given, Surroundings } from "./function-writer.js";
import { appliedParameters } from "./known-calls.js";
import { type TailCalls, tailCallsOf } from "./tail-calls.js";

/** Instructions of a function that is copied, at most. */
const LONGEST_COPY = 300;
/** Instructions of all copies that are made for a module, at most. */
const MOST_COPIED = 10_000;

const copied = new WeakMap<ExecutableModule, number>();
const tailCalls = new WeakMap<ExecutableModule, TailCalls>();

interface Copy {
  readonly name: string;
  readonly code: FunctionCode;
  readonly unit: LinkedUnit;
  readonly given: Given;
}

export class Text {
  readonly #prefixes = new Map<ExecutableModule, string>();
  readonly #surroundings = new Map<LinkedUnit, Surroundings>();
  /** By the names of the function and of what it is given; in the order in which they are asked for. */
  readonly #copies = new Map<string, Copy>();

  /**
   * `members`: the functions of the module that are about to be translated. `ensure` translates a function of another module, if it can be.
   */
  constructor(
    readonly home: ExecutableModule,
    readonly members: ReadonlySet<FunctionCode>,
    readonly ensure: (code: FunctionCode, unit: LinkedUnit) => boolean,
  ) {
    this.prefixOf(home);
  }

  /** The text with the copies that it calls, and the tables of the functions. */
  completed(written: Iterable<FunctionCode>, texts: readonly string[]): string {
    const all = [...texts];
    const codes = new Set(written);
    // Copies ask for further ones while they are written.
    for (const { name, code, unit, given } of this.#copies.values()) {
      codes.add(code);
      all.push(functionSource(code, this.surroundingsOf(unit), name, given) ?? "");
    }
    const tables = [...codes].map((code) => catchersOf(code, this.prefixOf(code.module)));
    return [...tables, ...all].join("\n");
  }

  /** What the names of the text mean that are those of constants, shapes and functions. */
  *named(text: string): Iterable<readonly [string, unknown]> {
    const modules = new Map([...this.#prefixes].map(([module, prefix]) => [prefix, module]));
    for (const [name, prefix = "", kind, digits] of text.matchAll(/\b(m\d+)?([KSFJ])(\d+)\b/g)) {
      const module = modules.get(prefix) as ExecutableModule;
      const index = Number(digits);
      if (kind === "K") yield [name, module.constants[index]];
      else if (kind === "S") yield [name, module.shapes[index]];
      else if (kind === "F") yield [name, module.functions[index]];
      else if (!this.members.has(module.functions[index] as FunctionCode))
        yield [name, module.functions[index]?.run];
    }
  }

  surroundingsOf(unit: LinkedUnit): Surroundings {
    const already = this.#surroundings.get(unit);
    if (already !== undefined) return already;
    const made: Surroundings = {
      unit,
      tails: tailsOf(unit.module),
      prefixOf: (module) => this.prefixOf(module),
      isTranslated: (code) => this.#isTranslated(code),
      copyFor: (code, of, given) => this.#copyFor(code, of, given),
      mayBounce: ({ module, index }) => tailsOf(module).mayBounce(index),
    };
    this.#surroundings.set(unit, made);
    return made;
  }

  prefixOf(module: ExecutableModule): string {
    const already = this.#prefixes.get(module);
    if (already !== undefined) return already;
    const prefix = this.#prefixes.size === 0 ? "" : `m${this.#prefixes.size}`;
    this.#prefixes.set(module, prefix);
    return prefix;
  }

  #isTranslated(code: FunctionCode): boolean {
    return code.run !== undefined || this.members.has(code);
  }

  #copyFor(code: FunctionCode, unit: LinkedUnit, known: Given): string | undefined {
    if (!known.some((one) => one !== undefined && this.#isTranslated(one))) return undefined;
    const applied = appliedParameters(code, unit);
    const given = known.map((one, parameter) =>
      one !== undefined && applied.has(parameter) && this.#isTranslated(one) ? one : undefined,
    );
    if (given.every((one) => one === undefined)) return undefined;
    const name = `${this.prefixOf(code.module)}J${code.index}`;
    const key = [name, ...given.map((one) => one && `${this.prefixOf(one.module)}J${one.index}`)].join();
    const already = this.#copies.get(key);
    if (already !== undefined) return already.name;
    const size = (copied.get(this.home) ?? 0) + code.data.code.length;
    if (code.data.code.length > LONGEST_COPY || size > MOST_COPIED) return undefined;
    if (!this.#isTranslated(code) && !this.ensure(code, unit)) return undefined;
    copied.set(this.home, size);
    const copy = { name: `${name}C${this.#copies.size}`, code, unit, given };
    this.#copies.set(key, copy);
    return copy.name;
  }
}

function tailsOf(module: ExecutableModule): TailCalls {
  const already = tailCalls.get(module);
  if (already !== undefined) return already;
  const tails = tailCallsOf(module.functions);
  tailCalls.set(module, tails);
  return tails;
}
