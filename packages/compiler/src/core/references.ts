import type { GlobalVariable } from "./core.js";
import type { CoreFunction } from "./function.js";

/** What a function or the value of a global mentions; the edges of the call graph. Most mention little, so that sets are made when needed. */
export class References {
  #functions: Set<CoreFunction> | undefined;
  #globals: Set<GlobalVariable> | undefined;
  #imports: Set<number> | undefined;

  addFunction(fn: CoreFunction): void {
    this.#functions ??= new Set();
    this.#functions.add(fn);
  }

  addGlobal(global: GlobalVariable): void {
    this.#globals ??= new Set();
    this.#globals.add(global);
  }

  addImport(index: number): void {
    this.#imports ??= new Set();
    this.#imports.add(index);
  }

  mentions(fn: CoreFunction): boolean {
    return this.#functions?.has(fn) === true;
  }

  get functions(): Iterable<CoreFunction> {
    return this.#functions ?? [];
  }

  get globals(): Iterable<GlobalVariable> {
    return this.#globals ?? [];
  }

  get imports(): Iterable<number> {
    return this.#imports ?? [];
  }
}
