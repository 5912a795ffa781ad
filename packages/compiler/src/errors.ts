import type { Span } from "./source/source.js";
import { positionAt } from "./source/source.js";

/**
 * The compiler contradicts itself: a mistake in it, never one of the program that it was given.
 *
 * @example
 * try { compile(source); } catch (error) { if (error instanceof CompilerBug) report(error.message); }
 */
export class CompilerBug extends Error {
  override readonly name = "CompilerBug";
  readonly code = "COMPILER_BUG";
  /** File, line and column of the part of the program that was being compiled, when known. */
  readonly place: string | undefined;

  constructor(message: string, span?: Span, options?: ErrorOptions) {
    const place = span === undefined ? undefined : placeOf(span);
    super(place === undefined ? message : `${message} (at ${place})`, options);
    this.place = place;
  }
}

/** A function of the program needs more than the format can express. Becomes diagnostic FUS0130. */
export class TooLargeError extends Error {
  override readonly name = "TooLargeError";
  readonly code = "FUS0130";

  constructor(
    message: string,
    readonly span: Span,
  ) {
    super(message);
  }
}

function placeOf(span: Span): string {
  const { line, column } = positionAt(span.source, span.start);
  return `${span.source.name}:${line}:${column}`;
}
