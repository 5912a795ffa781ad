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

/** Asks whether a function that needs a capability may be called, and throws when it may not. */
export interface Demanding {
  demand(target: LinkedImport): void;
}

/**
 * Applies as far as no code has to run: gives a value, or what has to be called. Of a library function that is itself bytecode, the capability has been asked for then.
 *
 * @example
 * const outcome = apply(callee, args, call);
 * if (outcome instanceof Application) run(outcome.target, outcome.args);
 */
export function apply(callee: Value, given: readonly Value[], demanding: Demanding): Value | Application {
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
    if (args.length < arity) return new PartialApplication(target, args);
    const closure = bytecodeOf(target.target);
    if (closure !== undefined) demanding.demand(target.target);
    return new Application(closure ?? target.target, args);
  }
  if (target instanceof CaseFunction) {
    if (args.length < arity) return new PartialApplication(target, args);
    return target.union.cases[target.tag]?.make(args);
  }
  throw new TypeError("a partial application of a partial application");
}

/**
 * The function behind an import as a value: what needs a capability asks for it whenever it is called.
 *
 * @example
 * registers[target] = functionOfImport(unit.imports[index]);
 */
export function functionOfImport(target: LinkedImport): Closure | HostFunction {
  return (target.capability === undefined ? bytecodeOf(target) : undefined) ?? new HostFunction(target);
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
