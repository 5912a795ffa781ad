import type { Span } from "../source/source.js";
import type { Core } from "./core.js";
import type { Local } from "./local.js";
import { References } from "./references.js";

const NOTHING_FREE: ReadonlyMap<Local, number> = new Map();

/** A function with a fixed number of parameters; nested functions refer to the locals of the functions around them. */
export class CoreFunction {
  params: readonly Local[] = [];
  body: Core;
  /** Used other than as the callee of a call with all arguments. */
  escapes = false;
  /** Used as a value by the program itself, so that it may be called from anywhere that it is handed to. */
  handedOn = false;
  /** Nested lambdas, and named functions called or used, among others. */
  readonly references: References = new References();
  #free: Map<Local, number> | undefined;
  hasLoop = false;

  // Decided by closure conversion.
  /** What a closure of it captures, or what is passed to it as extra parameters. */
  captures: readonly Local[] = [];
  /** Its captures are extra parameters behind the declared ones. */
  lifted = false;

  /** Index in the module; -1 until code generation meets it. */
  index = -1;

  constructor(
    readonly name: string,
    /** Number of declared parameters, known before `params` are. */
    readonly arity: number,
    /** The local that names it; undefined for lambdas and for functions at top level. */
    readonly binder: Local | undefined,
    readonly span: Span,
  ) {
    this.body = { kind: "unit", span };
    if (binder !== undefined) binder.fn = this;
  }

  /** Locals of enclosing functions that the body mentions, with the number of mentions. */
  get free(): ReadonlyMap<Local, number> {
    return this.#free ?? NOTHING_FREE;
  }

  mentionFree(local: Local): void {
    this.#free ??= new Map();
    this.#free.set(local, (this.#free.get(local) ?? 0) + 1);
  }

  /** No closure is needed: nothing is captured. */
  get isStatic(): boolean {
    return this.captures.length === 0;
  }
}
