/** The exceptions that many library functions share, with the texts that the library reference fixes. `name` is the qualified name of the function. */
import { type ExceptionValue, type HostContext, positionException } from "@fusabi/vm";
import type { Int } from "./declaration.js";

export function emptyInput(context: HostContext, name: string): Error {
  return context.fail("FUS0506", `${name}: the input is empty`);
}

/** In a list or a string, handlers of `ArgumentException` catch it as well; in an array they do not. */
export function outOfRange(
  context: HostContext,
  name: string,
  index: Int,
  length: number,
): Error | ExceptionValue {
  const message = `${name}: index ${index} out of range for length ${length}`;
  return name.startsWith("Array.") ? context.fail("FUS0504", message) : positionException(message);
}

export function tooShort(context: HostContext, name: string, needed: Int, actual: number): Error {
  return context.fail("FUS0516", `${name}: needs ${needed} elements, has ${actual}`);
}

export function differentLengths(context: HostContext, name: string, first: number, second: number): Error {
  return context.fail("FUS0516", `${name}: inputs differ in length, ${first} and ${second}`);
}

/** Refuses a negative number; `what` names it in the text. */
export function requireNotNegative(
  context: HostContext,
  name: string,
  amount: Int,
  what: string = "count",
): void {
  if (amount < 0) throw context.fail("FUS0516", `${name}: ${what} must not be negative, got ${amount}`);
}

export function requirePositive(
  context: HostContext,
  name: string,
  amount: Int,
  what: string = "count",
): void {
  if (amount <= 0) throw context.fail("FUS0516", `${name}: ${what} must be positive, got ${amount}`);
}

/** An index of an existing element, as a number. */
export function elementIndex(context: HostContext, name: string, index: Int, length: number): number {
  if (index < 0 || index >= length) throw outOfRange(context, name, index, length);
  return Number(index);
}

/** A place between elements, 0 … length, as a number. */
export function gapIndex(context: HostContext, name: string, index: Int, length: number): number {
  if (index < 0 || index > length) throw outOfRange(context, name, index, length);
  return Number(index);
}

/** An index cut to 0 … length. */
export function clampIndex(index: Int, length: number): number {
  if (index <= 0) return 0;
  return index >= length ? length : Number(index);
}
