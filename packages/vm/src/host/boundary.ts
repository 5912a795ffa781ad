/** The crossing of calls between host and script: functions of either side as functions of the other. */
import type { DefinitionData } from "../bytecode/module.js";
import { AbortError, ConversionError, LimitError } from "../errors.js";
import type { TypeDescriptor } from "../types/type-descriptor.js";
import type { AnonymousShapes } from "../values/anonymous-shapes.js";
import { AsyncValue } from "../values/async-value.js";
import { ANY, type Conversion } from "../values/conversion.js";
import { runtimeException } from "../values/exception.js";
import { NOT_PRIMITIVE, primitiveToHost, primitiveToScript } from "../values/primitive-crossing.js";
import type { Run } from "../values/sequence.js";
import { STRING_BYTES, UNIT_BYTES } from "../values/size.js";
import { toHost } from "../values/to-host.js";
import { toScript } from "../values/to-script.js";
import {
  type ExceptionShape,
  ExceptionValue,
  type FunctionValue,
  HostFunction,
  type RecordShape,
  type UnionShape,
  type Value,
} from "../values/value.js";
import type { NativeContext } from "./context.js";
import type { HostFunctionMember, HostMode } from "./host-module.js";
import type { LinkedImport } from "./link.js";
import { ScriptError } from "./script-error.js";
import { signatureOf } from "./signature-cache.js";

/** Runs script functions for the host. The result is converted on the budget of the same call: that may compute, the elements of a seq for example. */
export interface Invoker {
  invoke<R>(callee: Value, args: readonly Value[], convert: (result: Value) => R): R;
  invokeAsync<R>(callee: Value, args: readonly Value[], convert: (result: Value) => R): Promise<R>;
  /** Counts what a value from the host takes. */
  allocate(bytes: number): void;
}

function asItIs(value: Value): Value {
  return value;
}

/** Conversion that knows how to run script functions. */
export class Crossing implements Conversion {
  constructor(
    readonly definitions: readonly DefinitionData[],
    readonly shapes: readonly (RecordShape | UnionShape | ExceptionShape)[],
    readonly anonymousShapes: AnonymousShapes,
    private readonly invoker: Invoker,
  ) {}

  /** Made when somebody asks: few do, and a function in a field of each instance costs the engine more than the instance. */
  get run(): Run {
    return (callee, ...args) => this.invoker.invoke(callee, args, asItIs);
  }

  allocate(bytes: number): void {
    this.invoker.allocate(bytes);
  }

  start<R>(work: AsyncValue, convert: (result: Value) => R): Promise<R> {
    return this.invoker.invokeAsync(work.start, [undefined], convert);
  }

  promised(promise: Promise<Value>): AsyncValue {
    // Whoever starts the Async sees a rejection; if nobody does, it must not end the host's process as unhandled.
    promise.catch(() => undefined);
    return new AsyncValue(
      nativeFunction("<host promise>", 1, "waits", () =>
        promise.catch((error: unknown) => Promise.reject(asException(error))),
      ),
    );
  }

  wrapFunction(callee: FunctionValue, type: TypeDescriptor): (...args: unknown[]) => unknown {
    return (...args) => {
      const { given, result } = this.#given(args, type);
      try {
        return this.invoker.invoke(callee, given, (value) => toHost(value, result, this));
      } catch (error) {
        throw error instanceof ExceptionValue ? new ScriptError(error) : error;
      }
    };
  }

  wrapWaiting(callee: FunctionValue, type: TypeDescriptor): (...args: unknown[]) => Promise<unknown> {
    return async (...args) => {
      const { given, result } = this.#given(args, type);
      return await this.invoker.invokeAsync(callee, given, (value) => toHost(value, result, this));
    };
  }

  /** Arguments of the host for a script function of this type; none stand for the unit value. */
  #given(
    args: readonly unknown[],
    type: TypeDescriptor,
  ): { readonly given: readonly Value[]; readonly result: TypeDescriptor } {
    const given: Value[] = [];
    let rest = type;
    for (const [index, arg] of args.entries()) {
      given.push(toScript(arg, parameterOf(rest), this, `$${index}`));
      rest = resultOf(rest);
    }
    if (args.length > 0) return { given, result: rest };
    return { given: [undefined], result: resultOf(rest) };
  }

  unwrapFunction(callee: (...args: unknown[]) => unknown, type: TypeDescriptor): Value {
    const arity = type.kind === "function" ? arityOf(type) : parameterCount(callee);
    const name = nameOf(callee);
    return nativeFunction(
      name,
      arity,
      "sync",
      converting(name, type, arity, (_, ...given) => callee(...given)),
    );
  }
}

/** The host can put anything in the place of a function's name and length. */
function nameOf(callee: (...args: unknown[]) => unknown): string {
  try {
    const { name } = callee;
    return typeof name === "string" && name !== "" ? name : "<host function>";
  } catch {
    return "<host function>";
  }
}

function parameterCount(callee: (...args: unknown[]) => unknown): number {
  try {
    const { length } = callee;
    return Number.isSafeInteger(length) ? Math.min(Math.max(length, 1), MOST_PARAMETERS) : 1;
  } catch {
    return 1;
  }
}

/** Of a function of the host whose type is not known. */
const MOST_PARAMETERS = 255;

/** A function value that needs no capability of its own. */
function nativeFunction(name: string, arity: number, mode: HostMode, native: Native): HostFunction {
  return new HostFunction({
    kind: "native",
    name,
    arity,
    capability: undefined,
    mode,
    native,
    code: undefined,
    unit: undefined,
    value: undefined,
  });
}

/** A declared host function as the machine calls it. */
export function convertingNative(name: string, member: HostFunctionMember): Native {
  const { type, arity } = signatureOf(member);
  // Members declare the parameters that they want; what arrives has been converted to them.
  return converting(name, type, arity, member.run as unknown as HostRun);
}

type Native = NonNullable<LinkedImport["native"]>;
type HostRun = (context: NativeContext, ...args: unknown[]) => unknown;

/** A function of the host as the machine calls it: arguments and result converted by its type, errors made exceptions of the script. With few parameters, without arrays of them. */
function converting(name: string, type: TypeDescriptor, arity: number, run: HostRun): Native {
  const types: TypeDescriptor[] = [];
  let result = type;
  for (let index = 0; index < arity; index++) {
    types.push(parameterOf(result));
    result = resultOf(result);
  }
  const [firstType = ANY, secondType = ANY] = types;
  const given = (context: NativeContext, arg: Value, parameter: TypeDescriptor, index: number): unknown => {
    const plain = primitiveToHost(arg, parameter);
    return plain === NOT_PRIMITIVE ? argumentToHost(name, arg, parameter, context.conversion, index) : plain;
  };
  const taken = (context: NativeContext, value: unknown): Value | Promise<Value> => {
    const plain = primitiveToScript(value, result);
    if (plain !== NOT_PRIMITIVE) {
      if (typeof plain === "string") context.allocate(STRING_BYTES + plain.length * UNIT_BYTES);
      return plain;
    }
    const { conversion } = context;
    if (result.kind === "async" || !isThenable(value)) return toScript(value, result, conversion, RESULT);
    return Promise.resolve(value)
      .then((settled) => toScript(settled, result, conversion, RESULT))
      .catch((error: unknown) => Promise.reject(failureIn(name, error)));
  };
  switch (arity) {
    case 1:
      return (context, a) => {
        context.tick();
        const first = given(context, a, firstType, 0);
        try {
          return taken(context, run(context, first));
        } catch (error) {
          throw failureIn(name, error);
        }
      };
    case 2:
      return (context, a, b) => {
        context.tick();
        const first = given(context, a, firstType, 0);
        const second = given(context, b, secondType, 1);
        try {
          return taken(context, run(context, first, second));
        } catch (error) {
          throw failureIn(name, error);
        }
      };
    default:
      return (context, ...args) => {
        context.tick();
        const all = args.map((arg, index) => given(context, arg, types[index] ?? ANY, index));
        try {
          return taken(context, run(context, ...all));
        } catch (error) {
          throw failureIn(name, error);
        }
      };
  }
}

/** Where the paths in results of host functions begin. */
const RESULT = "$result";

/** As `asException`; a value that cannot cross does not say whose it is. */
function failureIn(name: string, error: unknown): unknown {
  return error instanceof ConversionError
    ? runtimeException("FUS0517", `${name}: ${error.message}`, error)
    : asException(error);
}

function argumentToHost(
  name: string,
  value: Value,
  type: TypeDescriptor,
  conversion: Conversion,
  index: number,
): unknown {
  try {
    return toHost(value, type, conversion, `$${index}`);
  } catch (error) {
    throw failureIn(name, error);
  }
}

/**
 * What a host function threw, or what kept a value from crossing, as the script sees it: limits, the end of the instance and exceptions of the script pass, everything else becomes FUS0517
 * with the host's error as cause.
 */
function asException(error: unknown): unknown {
  if (error instanceof ScriptError || error instanceof ExceptionValue) return error;
  if (error instanceof LimitError || error instanceof AbortError) return error;
  return runtimeException("FUS0517", messageOf(error), error);
}

/** The host can throw anything: an object that cannot be shown, an error whose message is none. */
function messageOf(error: unknown): string {
  try {
    return error instanceof Error ? String(error.message) : String(error);
  } catch {
    return "the host threw a value that cannot be shown";
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    value instanceof Promise ||
    (typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function")
  );
}

function parameterOf(type: TypeDescriptor): TypeDescriptor {
  return type.kind === "function" ? type.parameter : ANY;
}

function resultOf(type: TypeDescriptor): TypeDescriptor {
  return type.kind === "function" ? type.result : ANY;
}

function arityOf(type: TypeDescriptor): number {
  let arity = 0;
  for (let rest = type; rest.kind === "function"; rest = rest.result) arity++;
  return arity;
}
