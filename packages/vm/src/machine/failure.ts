/** What happens to errors on their way through the interpreter. */
import { AbortError, BytecodeError, LimitError } from "../errors.js";
import { ScriptError } from "../host/script-error.js";
import { display } from "../values/display.js";
import { runtimeException } from "../values/exception.js";
import { ExceptionValue, type TraceEntry, type Value } from "../values/value.js";
import type { FunctionCode } from "./code.js";
import type { Fiber } from "./fiber.js";

/** Entries kept of a trace; deep recursions repeat themselves. */
const TRACE_LENGTH = 64;

/**
 * The exception that a script may catch, with its trace. Throws what it may not: limits, cancellation, and what shows that code and values do not fit together.
 */
export function raisedBy(error: unknown, fiber: Fiber): ExceptionValue {
  const exception = error instanceof ScriptError ? error.exception : error;
  if (exception instanceof ExceptionValue) {
    exception.trace ??= traceOf(fiber);
    return exception;
  }
  if (error instanceof LimitError) {
    if (error.trace.length === 0) error.trace = traceOf(fiber);
    throw error;
  }
  if (error instanceof AbortError || error instanceof BytecodeError) throw error;
  if (isStackOverflow(error)) {
    throw nativeDepthExceeded(traceOf(fiber));
  }
  const at = traceOf(fiber)[0];
  const where =
    at === undefined
      ? ""
      : ` in ${at.functionName}${at.line > 0 ? ` at ${at.file}:${at.line}:${at.column}` : ""}`;
  throw new BytecodeError(`an instruction met a value of a kind that it cannot work on${where}`, undefined, {
    cause: error,
  });
}

/** Library functions nested too deeply for JavaScript's own stack. */
export function nativeDepthExceeded(trace: readonly TraceEntry[]): LimitError {
  return new LimitError(
    "stack depth limit exceeded: nested host calls",
    "FUS0603",
    "maxStackDepth",
    NESTED_CALLS,
    NESTED_CALLS + 1,
    trace,
  );
}

/** Runs nested in each other through host functions that call back. */
export const NESTED_CALLS = 128;

function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && error.message.includes("call stack");
}

/** Where the innermost function of the program is. */
export function positionOf(fiber: Fiber): TraceEntry | undefined {
  return fiber.closure === undefined ? undefined : entryOf(fiber.closure.code, fiber.pc);
}

/** The Fusabi stack, innermost first. */
export function traceOf(fiber: Fiber): TraceEntry[] {
  const entries: TraceEntry[] = [];
  if (fiber.closure !== undefined) entries.push(entryOf(fiber.closure.code, fiber.pc));
  for (let depth = fiber.depth - 1; depth >= 0 && entries.length < TRACE_LENGTH; depth--) {
    const frame = fiber.frameAt(depth);
    if (frame.closure !== undefined) entries.push(entryOf(frame.closure.code, frame.pc - 1));
  }
  return entries;
}

function entryOf(code: FunctionCode, pc: number): TraceEntry {
  const instruction = code.instructionAt[pc] ?? -1;
  const position = code.data.positions?.[instruction];
  return {
    functionName: code.name,
    file: code.module.data.files[code.data.file] ?? "",
    line: position?.line ?? 0,
    column: position?.column ?? 0,
  };
}

/** FUS0504 of `a.[i]`. */
export function arrayIndexOutside(index: Value): ExceptionValue {
  return runtimeException("FUS0504", `Array index out of bounds: ${display(index)}`);
}
