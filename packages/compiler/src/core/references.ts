import type { Span } from "../source/source.js";
import type { GlobalVariable } from "./core.js";
import type { CoreFunction } from "./function.js";

/** A place where the program uses an import that needs a capability. */
export interface ImportUse {
  /** Index in the table of imports. */
  readonly import: number;
  readonly span: Span;
}

/** What a function or the value of a global mentions; the edges of the call graph. Most mention little, so that sets are made when needed. */
export class References {
  #functions: Set<CoreFunction> | undefined;
  #globals: Set<GlobalVariable> | undefined;
  #others: Set<References> | undefined;
  #uses: ImportUse[] | undefined;

  addFunction(fn: CoreFunction): void {
    this.#functions ??= new Set();
    this.#functions.add(fn);
  }

  addGlobal(global: GlobalVariable): void {
    this.#globals ??= new Set();
    this.#globals.add(global);
  }

  /** Everything that `other` mentions, or will. */
  addOther(other: References): void {
    this.#others ??= new Set();
    this.#others.add(other);
  }

  addUse(index: number, span: Span): void {
    this.#uses ??= [];
    this.#uses.push({ import: index, span });
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

  get others(): Iterable<References> {
    return this.#others ?? [];
  }

  /** Of imports that need a capability only. */
  get uses(): readonly ImportUse[] {
    return this.#uses ?? [];
  }
}
