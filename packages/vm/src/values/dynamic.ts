/** Operators on two values of type `any`, whose kinds only the running program knows. */
import type { dynamicOperators } from "../bytecode/opcodes.js";
import { runtimeException } from "./exception.js";
import { add, div, mul, rem, sub } from "./int.js";
import { kindOf } from "./kind.js";
import { compare } from "./order.js";
import { BoxedFloat, type ExceptionValue, type Value } from "./value.js";

export type DynamicOperator = (typeof dynamicOperators)[number];

/** What the operators ask of the machine. */
export interface DynamicMeter {
  readonly charge: (units: number) => void;
  joinString(units: number, added: number): void;
}

/**
 * @throws ExceptionValue FUS0502 when the operands have different kinds or kinds that the operator does not work on, FUS0509 when they have no order.
 */
export function dynamicArithmetic(
  operator: DynamicOperator,
  left: Value,
  right: Value,
  meter: DynamicMeter,
): Value {
  switch (operator) {
    case "<":
      return compare(left, right, meter.charge) < 0;
    case "<=":
      return compare(left, right, meter.charge) <= 0;
    case ">":
      return compare(left, right, meter.charge) > 0;
    case ">=":
      return compare(left, right, meter.charge) >= 0;
  }
  if (isInt(left) && isInt(right)) return onInts(operator, left, right);
  const x = floatOf(left);
  const y = floatOf(right);
  if (x !== undefined && y !== undefined) return new BoxedFloat(onFloats(operator, x, y));
  if (operator === "+" && typeof left === "string" && typeof right === "string") {
    meter.joinString(left.length + right.length, Math.min(left.length, right.length));
    return left + right;
  }
  throw mismatch(left, right);
}

function onInts(operator: "+" | "-" | "*" | "/" | "%", left: number | bigint, right: number | bigint): Value {
  switch (operator) {
    case "+":
      return add(left, right);
    case "-":
      return sub(left, right);
    case "*":
      return mul(left, right);
    case "/":
      return div(left, right);
    case "%":
      return rem(left, right);
  }
}

function onFloats(operator: "+" | "-" | "*" | "/" | "%", left: number, right: number): number {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
    case "%":
      return left % right;
  }
}

function isInt(value: Value): value is number | bigint {
  return typeof value === "bigint" || Number.isInteger(value);
}

/** A boxed float, or an unboxed one from inside a collection. */
function floatOf(value: Value): number | undefined {
  if (value instanceof BoxedFloat) return value.value;
  return typeof value === "number" && !Number.isInteger(value) ? value : undefined;
}

function mismatch(left: Value, right: Value): ExceptionValue {
  const expected = isInt(left) || floatOf(left) !== undefined ? kindOf(left) : "int or float";
  return runtimeException(
    "FUS0502",
    `Expected ${expected}, got ${kindOf(expected === "int or float" ? left : right)}`,
  );
}
