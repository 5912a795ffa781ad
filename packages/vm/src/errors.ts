import type { TraceEntry } from "./values/value.js";

/**
 * The bytes are no module, or one that could not be run safely. `offset` is the byte where reading stopped, when known.
 *
 * @example
 * try { decodeModule(bytes); }
 * catch (error) { if (error instanceof BytecodeError) report(`${error.message} (at byte ${error.offset ?? "?"})`); else throw error; }
 */
export class BytecodeError extends Error {
  readonly code = "bytecode";

  constructor(
    message: string,
    readonly offset?: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "BytecodeError";
  }
}

/**
 * A module asks for something that the host modules do not provide, or provide otherwise. `importName` is the qualified name, `File.read`; `position` its first use
 * in the source (line and column from 1), unless the module was stripped.
 *
 * @example
 * try { instantiate(module, { imports: [] }); }
 * catch (error) { if (error instanceof LinkError) report(`${error.importName} is missing: ${error.message}`); else throw error; }
 */
export class LinkError extends Error {
  readonly code = "link";

  constructor(
    message: string,
    readonly importName: string,
    readonly position?: { readonly file: string; readonly line: number; readonly column: number },
  ) {
    super(message);
    this.name = "LinkError";
  }
}

/**
 * A program failed: an exception that nobody caught. `code` is the FUS code, `trace` the Fusabi stack, innermost first; `cause` is the host's own error, when the
 * exception stands for one.
 *
 * @example
 * try { instance.call("divide", [1, 0]); }
 * catch (error) { if (error instanceof FusabiError && error.code === "FUS0503") report(error.message, error.trace[0]?.line); else throw error; }
 */
export class FusabiError extends Error {
  constructor(
    message: string,
    readonly code: string,
    readonly trace: readonly TraceEntry[],
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "FusabiError";
  }
}

/**
 * A limit was exceeded. Scripts cannot catch it; the instance stays usable. `allowed` and `actual` are in the unit of the limit: instructions, bytes,
 * milliseconds, nested calls or operations.
 *
 * @example
 * try { instance.call("work"); }
 * catch (error) { if (error instanceof LimitError) report(`${error.limit}: ${error.actual} of ${error.allowed}`); else throw error; }
 */
export class LimitError extends Error {
  constructor(
    message: string,
    /** FUS0601 … FUS0606. */
    readonly code: string,
    /** Name in the limits object, such as `maxInstructions`. */
    readonly limit: string,
    readonly allowed: number,
    readonly actual: number,
    public trace: readonly TraceEntry[] = [],
  ) {
    super(message);
    this.name = "LimitError";
  }
}

/**
 * The host aborted the call through its AbortSignal, whose reason is the `cause`, or the call waited for a task that was cancelled. Scripts cannot catch it; the instance stays usable.
 *
 * @example
 * try { await instance.callAsync("work", [], { signal: AbortSignal.timeout(500) }); }
 * catch (error) { if (error instanceof AbortError) report("stopped", error.cause); else throw error; }
 */
export class AbortError extends Error {
  readonly code = "FUS0600";
  /** Whether what the program has guarded by `finally` runs on the way out; never when it is the host that has aborted. */
  readonly runsFinally: boolean = true;

  constructor(reason: unknown, message = "Stopped by the host") {
    super(message, { cause: reason });
    this.name = "AbortError";
  }
}

/**
 * A value cannot cross between host and script. `path` leads to the culprit, `$.items[3]`; of an argument it starts with the parameter's name, `$order.items[3]`.
 *
 * @example
 * try { instance.call("greet", [Symbol("Ada")]); }
 * catch (error) { if (error instanceof ConversionError) report(`${error.path} does not fit: ${error.message}`); else throw error; }
 */
export class ConversionError extends Error {
  readonly code = "conversion";

  constructor(
    message: string,
    readonly path: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "ConversionError";
  }
}

/**
 * The host called something that an instance does not have, with the wrong number of arguments, or after the instance was disposed (`exportName` is empty then).
 *
 * @example
 * try { instance.call("missing"); }
 * catch (error) { if (error instanceof CallError) report(error.message, [...instance.exports.keys()]); else throw error; }
 */
export class CallError extends Error {
  readonly code = "call";

  constructor(
    message: string,
    readonly exportName: string,
  ) {
    super(message);
    this.name = "CallError";
  }
}

/**
 * A host member's signature cannot be read. `offset` is where reading stopped, in UTF-16 units.
 *
 * @example
 * try { parseSignature("string -> "); }
 * catch (error) { if (error instanceof SignatureError) report(`${error.signature.slice(0, error.offset)}<here>: ${error.message}`); else throw error; }
 */
export class SignatureError extends Error {
  readonly code = "signature";

  constructor(
    message: string,
    readonly signature: string,
    readonly offset: number,
  ) {
    super(message);
    this.name = "SignatureError";
  }
}
