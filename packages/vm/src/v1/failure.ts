/** Errors of a running program, with the texts of the original and the codes of ours. The original's errors carry no position, so there is no trace. */
import { FusabiError } from "../errors.js";

export function failure(message: string, code: string, cause?: unknown): FusabiError {
  return new FusabiError(message, code, [], cause === undefined ? undefined : { cause });
}

/** The original's errors of the kind "runtime error". */
export function runtimeError(text: string, code = "FUS0517"): FusabiError {
  return failure(`Runtime error: ${text}`, code);
}

export function typeMismatch(expected: string, got: string): FusabiError {
  return failure(`Type mismatch: expected ${expected}, got ${got}`, "FUS0502");
}

export function stackUnderflow(): FusabiError {
  return failure("Stack underflow", "FUS0517");
}

export function divisionByZero(): FusabiError {
  return failure("Division by zero", "FUS0503");
}

export function emptyList(): FusabiError {
  return failure("Cannot access head/tail of empty list", "FUS0506");
}

export function invalidConstantIndex(index: number): FusabiError {
  return failure(`Invalid constant index: ${index}`, "FUS0517");
}

export function invalidLocalIndex(index: number): FusabiError {
  return failure(`Invalid local index: ${index}`, "FUS0517");
}

/** Targets below zero are shown as the unsigned numbers that they are in the original. */
export function invalidInstructionPointer(target: number): FusabiError {
  const shown = target < 0 ? BigInt.asUintN(64, BigInt(target)) : target;
  return failure(`Invalid instruction pointer: ${shown}`, "FUS0517");
}

export function callStackOverflow(): FusabiError {
  return failure("Call stack overflow", "FUS0517");
}

export function arityMismatch(expected: number, got: number): FusabiError {
  return runtimeError(`Arity mismatch: expected ${expected}, got ${got}`);
}

export function tooManyArguments(name: string, arity: number, total: number): FusabiError {
  return runtimeError(`Native function '${name}' expects ${arity} arguments, got ${total}`);
}
