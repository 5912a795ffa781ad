import type { TraceEntry } from "./values/value.js";

/** The bytes are no module, or one that could not be run safely. `offset` is the byte where reading stopped, when known. */
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

/** A module asks for something that the host modules do not provide, or provide otherwise. */
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

/** A program failed: an exception that nobody caught. `code` is the FUS code, `trace` the Fusabi stack, innermost first. */
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

/** A limit was exceeded. Scripts cannot catch it; the instance stays usable. */
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

/** The host aborted the call through its AbortSignal. */
export class AbortError extends Error {
  readonly code = "FUS0600";

  constructor(reason: unknown) {
    super("Stopped by the host", { cause: reason });
    this.name = "AbortError";
  }
}

/** A value cannot cross between host and script. `path` leads to the culprit, `$.items[3]`. */
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

/** The host called something that an instance does not have, or with the wrong number of arguments. */
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

/** A host member's signature cannot be read. `offset` is where reading stopped, in UTF-16 units. */
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
