/** What happens to errors on their way through the interpreter. */

import { opcodeOf } from "../bytecode/opcodes.js";
import { AbortError, BytecodeError, CallError, LimitError } from "../errors.js";
import { ScriptError } from "../host/script-error.js";
import { display } from "../values/display.js";
import { exceptionShape, positionException, runtimeException } from "../values/exception.js";
import { ExceptionValue, type TraceEntry, type Value } from "../values/value.js";
import type { FunctionCode } from "./code.js";
import type { Fiber } from "./fiber.js";
import { instructionAt } from "./prepare.js";

/** Entries kept of a trace; deep recursions repeat themselves. */
const TRACE_LENGTH = 64;

const CANCELLED = /* @__PURE__ */ exceptionShape("OperationCanceledException", [undefined]);

/**
 * What stands for a cancellation while the code of a `finally` runs: raised again, it is the cancellation.
 *
 * @example
 * if (fault instanceof AbortError && meter.allowsFinally(fault)) registers[target] = new Cancellation(fault);
 */
export class Cancellation extends ExceptionValue {
  constructor(readonly error: AbortError) {
    super(CANCELLED, [error.message], error.code, error.message);
  }
}

/** What goes up the stack: an exception that a script may catch, or what ends the call. */
export type Fault = ExceptionValue | LimitError | AbortError | BytecodeError | CallError;

/**
 * The error as it goes up the stack from the instruction at `pc`. What code of the machine threw itself shows that code and values do not fit together.
 *
 * @example
 * catch (error) { throw faultOf(error, code, pc); }
 */
export function faultOf(error: unknown, code: FunctionCode, pc: number): Fault {
  if (error instanceof ScriptError) return error.exception;
  if (error instanceof Cancellation) return error.error;
  if (
    error instanceof ExceptionValue ||
    error instanceof LimitError ||
    error instanceof AbortError ||
    error instanceof BytecodeError ||
    error instanceof CallError
  )
    return error;
  if (isStackOverflow(error)) return nativeDepthExceeded();
  const at = entryOf(code, pc);
  const where = ` in ${at.functionName}${at.line > 0 ? ` at ${at.file}:${at.line}:${at.column}` : ""}`;
  return new BytecodeError(`an instruction met a value of a kind that it cannot work on${where}`, undefined, {
    cause: error,
  });
}

/**
 * The fault leaves, or is caught in, the frame at `depth`, which stands at `pc`: the frame becomes the next entry of the trace. An exception that is raised again goes on where its trace
 * ended: frames that are in it already do not appear twice.
 * @example
 * const fault = faultOf(error, code, pc);
 * passFrame(fault, code, pc, depth);
 * throw fault;
 */
export function passFrame(fault: Fault, code: FunctionCode, pc: number, depth: number): void {
  if (fault instanceof ExceptionValue) {
    if (depth >= fault.tracedTo) return;
    const inner = fault.tracedCode;
    fault.tracedTo = depth;
    fault.tracedCode = code;
    const { trace = [] } = fault;
    if (trace.length >= TRACE_LENGTH) return;
    const known = inner !== undefined && leftByTailCall(inner, code, pc) ? markedLast(trace) : trace;
    fault.trace = [...known, entryOf(code, pc)];
  } else if (fault instanceof LimitError && fault.trace.length < TRACE_LENGTH) {
    fault.trace = [...fault.trace, entryOf(code, pc)];
  }
}

const CALL_FN = /* @__PURE__ */ opcodeOf("call.fn");

/** Whether the function that the caller called is not the one that runs in its place: that one has ended with a call. Only a call of a function by its name tells. */
function leftByTailCall(inner: FunctionCode, caller: FunctionCode, pc: number): boolean {
  const [opcode, , callee = -1] = caller.data.code[instructionAt(caller, pc)] ?? [];
  return opcode === CALL_FN && caller.module.functions[callee] !== inner;
}

function markedLast(trace: readonly TraceEntry[]): readonly TraceEntry[] {
  const last = trace.at(-1);
  return last === undefined ? trace : [...trace.slice(0, -1), { ...last, tailCalled: true }];
}

/** Library functions nested too deeply for JavaScript's own stack. */
export function nativeDepthExceeded(): LimitError {
  return new LimitError(
    "stack depth limit exceeded: nested host calls",
    "FUS0603",
    "maxStackDepth",
    NESTED_CALLS,
    NESTED_CALLS + 1,
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

function entryOf(code: FunctionCode, pc: number): TraceEntry {
  const position = code.data.positions?.[instructionAt(code, pc)];
  return {
    functionName: code.name,
    file: code.module.data.files[code.data.file] ?? "",
    line: position?.line ?? 0,
    column: position?.column ?? 0,
  };
}

/**
 * FUS0504 of `a.[i]`.
 *
 * @example
 * if (!(index in array)) throw arrayIndexOutside(index);
 */
export function arrayIndexOutside(index: Value): ExceptionValue {
  return runtimeException("FUS0504", `Array index out of bounds: ${display(index)}`);
}

/**
 * FUS0504 of `s.[i]`.
 *
 * @example
 * if (!(index < text.length)) throw stringIndexOutside(index, text.length);
 */
export function stringIndexOutside(index: Value, length: number): ExceptionValue {
  return positionException(`Index ${display(index)} is outside 0..${length - 1}`);
}

/**
 * FUS0506 of the head or tail of an empty list.
 *
 * @example
 * if (list === NIL) throw emptyList();
 */
export function emptyList(): ExceptionValue {
  return runtimeException("FUS0506", "Cannot access head/tail of empty list");
}

/**
 * A register, an element or a field holds no float where code works on floats. Becomes a BytecodeError: no program that the compiler made gets here.
 *
 * @example
 * if (typeof value !== "number") throw noFloat();
 */
export function noFloat(): TypeError {
  return new TypeError("a float was expected");
}
