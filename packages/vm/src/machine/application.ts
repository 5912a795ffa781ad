/** Application of function values where callee and argument count are not known to match: partial and over-application, cases, host functions. */
import type { LinkedImport } from "../host/link.js";
import { runtimeException } from "../values/exception.js";
import { kindOf } from "../values/kind.js";
import { CaseFunction, Closure, HostFunction, PartialApplication, type Value } from "../values/value.js";
import type { LinkedUnit } from "./code.js";
import { overApplication } from "./over-application.js";

/**
 * A target that takes exactly these arguments.
 *
 * @example
 * new Application(closure, [1, 2]); // closure takes two arguments
 */
export class Application {
  constructor(
    readonly target: Closure | LinkedImport,
    readonly args: readonly Value[],
  ) {}
}

/** The closure of a function that captures nothing. */
export function staticClosure(unit: LinkedUnit, index: number): Closure {
  const closure = unit.closures[index];
  if (closure === undefined) throw new RangeError(`function ${index} is missing or captures values`);
  return closure;
}

/** Number of arguments that a function value still needs; undefined for other values. */
function arityOf(value: Value): number | undefined {
  if (value instanceof Closure) return value.code.arity;
  if (value instanceof HostFunction) return value.target.arity;
  if (value instanceof CaseFunction) return value.arity;
  if (value instanceof PartialApplication) return (arityOf(value.target) ?? 0) - value.args.length;
  return undefined;
}

/**
 * Applies as far as no code has to run: gives a value, or what has to be called.
 *
 * @example
 * const outcome = apply(callee, args);
 * if (outcome instanceof Application) run(outcome.target, outcome.args);
 */
export function apply(callee: Value, given: readonly Value[]): Value | Application {
  let target = callee;
  let args = given;
  if (target instanceof PartialApplication) {
    args = [...target.args, ...args];
    target = target.target;
  }
  const arity = arityOf(target);
  if (arity === undefined)
    throw runtimeException("FUS0502", `Type mismatch: expected function, got ${kindOf(callee)}`);
  if (args.length > arity) return new Application(overApplication(arity, args.length), [target, ...args]);
  if (target instanceof Closure) {
    return args.length === arity ? new Application(target, args) : new PartialApplication(target, args);
  }
  if (target instanceof HostFunction) {
    return args.length === arity
      ? new Application(freeBytecodeOf(target.target) ?? target.target, args)
      : new PartialApplication(target, args);
  }
  if (target instanceof CaseFunction) {
    if (args.length < arity) return new PartialApplication(target, args);
    return target.union.cases[target.tag]?.make(args);
  }
  throw new TypeError("a partial application of a partial application");
}

/**
 * The closure behind an import that is itself bytecode and needs no capability. One that needs one is called as a host function, which asks for it.
 *
 * @example
 * const value = freeBytecodeOf(unit.imports[index]) ?? new HostFunction(unit.imports[index]);
 */
export function freeBytecodeOf(target: LinkedImport): Closure | undefined {
  return target.capability === undefined ? bytecodeOf(target) : undefined;
}

/**
 * The closure behind an import that is itself bytecode, for who has asked for its capability.
 *
 * @example
 * const callee = bytecodeOf(unit.imports[index]);
 */
export function bytecodeOf(target: LinkedImport): Closure | undefined {
  if (target.code === undefined || target.unit === undefined) return undefined;
  return staticClosure(target.unit, target.code.index);
}
