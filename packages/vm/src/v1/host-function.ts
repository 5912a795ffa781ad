/** Functions of host modules as a version 1 program calls them. */
import { AbortError, FusabiError, LimitError, LinkError } from "../errors.js";
import { Crossing } from "../host/boundary.js";
import type { AuditEntry } from "../host/context.js";
import type { ConstantMember, HostFunctionMember, NativeMember } from "../host/host-module.js";
import type { LinkedImport } from "../host/link.js";
import { nativeOf } from "../host/linking.js";
import type { ObservedContext } from "../host/observed-native.js";
import { noteAlone, type Observer, type Operation } from "../host/operation.js";
import { ScriptError } from "../host/script-error.js";
import { signatureOf } from "../host/signature-cache.js";
import { Application, apply } from "../machine/application.js";
import type { Holding, Lifetime } from "../machine/lifetime.js";
import type { TypeDescriptor } from "../types/type-descriptor.js";
import { AnonymousShapes } from "../values/anonymous-shapes.js";
import { ANY, type Conversion } from "../values/conversion.js";
import { runtimeException } from "../values/exception.js";
import { toHost } from "../values/to-host.js";
import { toScript } from "../values/to-script.js";
import { Closure, ExceptionValue, type Value as ScriptValue } from "../values/value.js";
import { fromDynamic, toDynamic } from "./dynamic-crossing.js";
import { failure, runtimeError, typeMismatch } from "./failure.js";
import { fromHostV1, type UnwrapFunction } from "./from-host.js";
import type { HostFunctionV1, LibraryContext } from "./library-context.js";
import { toHostV1, type WrapFunction } from "./to-host.js";
import { Cons, Float, isInt, MutableArray, NIL, typeName, type Value } from "./value.js";

/** What host functions may ask about the run beside its meter. */
export interface HostSettings {
  readonly plugin: string;
  readonly capabilities: { has(name: string): boolean } | undefined;
  readonly sandbox: unknown;
  readonly observer: Observer | undefined;
  readonly signal: AbortSignal | undefined;
  readonly lifetime: Lifetime;
  readonly wrapFunction: WrapFunction;
  readonly unwrapFunction: UnwrapFunction;
}

/** A member of a host module as version 1 calls it. */
export function hostFunction(
  name: string,
  member: HostFunctionMember | NativeMember,
  settings: HostSettings,
): HostFunctionV1 {
  const { type, arity } = signatureOf(member);
  const native = nativeOf(name, member);
  return {
    capability: member.capability,
    run: (context, args) => {
      // What the original declares without parameters takes a unit here.
      const given = args.length === 0 && arity === 1 && takesUnit(type) ? [undefined] : args;
      if (given.length !== arity)
        throw runtimeError(`Expected ${arity} argument${arity === 1 ? "" : "s"}, got ${args.length}`);
      return callNative(name, native, type, new HostCall(context, settings), given);
    },
  };
}

function takesUnit(type: TypeDescriptor): boolean {
  return type.kind === "function" && type.parameter.kind === "unit";
}

/** The value of a constant of a host module; undefined for those that are not plain data, which only version 2 knows. */
export function hostConstant(member: ConstantMember): { readonly value: Value } | undefined {
  const { value } = member;
  switch (signatureOf(member).type.kind) {
    case "int":
      return typeof value === "number" || typeof value === "bigint" ? { value } : undefined;
    case "float":
      return typeof value === "number" ? { value: new Float(value) } : undefined;
    case "string":
      return typeof value === "string" ? { value } : undefined;
    case "bool":
      return typeof value === "boolean" ? { value } : undefined;
    default:
      return undefined;
  }
}

type Native = NonNullable<LinkedImport["native"]>;

function callNative(
  name: string,
  native: Native,
  type: TypeDescriptor,
  call: HostCall,
  args: readonly Value[],
): Value {
  try {
    let rest = type;
    const given = args.map((arg, index) => {
      const parameter = rest.kind === "function" ? rest.parameter : ANY;
      if (rest.kind === "function") rest = rest.result;
      return toNative(arg, parameter, call, `$${index}`);
    });
    if (rest.kind === "async")
      throw runtimeException("FUS0517", `${name}: version 1 programs cannot use an Async of the host`);
    const result = native(call, ...given);
    if (result instanceof Promise) {
      result.catch(() => undefined);
      throw runtimeException("FUS0517", `${name}: cannot wait inside a synchronous call`);
    }
    return fromNative(result, rest, call);
  } catch (error) {
    throw asFailure(error);
  }
}

function isOpen(type: TypeDescriptor): boolean {
  return type.kind === "any" || type.kind === "variable";
}

function toNative(value: Value, type: TypeDescriptor, call: HostCall, root: string): ScriptValue {
  const byHost = (whole: Value) =>
    toScript(toHostV1(whole, call.settings.wrapFunction), type, call.conversion, root);
  if (isOpen(type)) return toDynamic(value, call.conversion.anonymousShapes, byHost, root);
  checkKind(value, type);
  return byHost(value);
}

function fromNative(value: ScriptValue, type: TypeDescriptor, call: HostCall): Value {
  const byHost = (whole: ScriptValue) =>
    fromHostV1(toHost(whole, type, call.conversion), type, call.settings.unwrapFunction);
  return isOpen(type) ? fromDynamic(value, byHost) : byHost(value);
}

/** The type errors that the original's library words itself. */
function checkKind(value: Value, type: TypeDescriptor): void {
  if (!fits(value, type)) throw typeMismatch(type.kind, typeName(value));
}

function fits(value: Value, type: TypeDescriptor): boolean {
  switch (type.kind) {
    case "string":
      return typeof value === "string";
    case "int":
      return isInt(value);
    case "float":
      return isInt(value) || value instanceof Float;
    case "bool":
      return typeof value === "boolean";
    case "list":
      return value instanceof Cons || value === NIL;
    case "array":
      return value instanceof MutableArray;
    default:
      return true;
  }
}

/** What ended the call, as an error of the run. Limits and cancellation pass; texts of the original's own kinds stand without a prefix. */
function asFailure(error: unknown): Error {
  if (error instanceof FusabiError || error instanceof LinkError) return error;
  if (error instanceof LimitError || error instanceof AbortError) return error;
  const exception = error instanceof ScriptError ? error.exception : error;
  if (exception instanceof ExceptionValue) {
    const bare = withoutPrefix.has(exception.code);
    const message = bare ? exception.message : `Runtime error: ${exception.message}`;
    return failure(message, exception.code, exception.cause);
  }
  return failure(
    `Runtime error: ${error instanceof Error ? error.message : String(error)}`,
    "FUS0517",
    error,
  );
}

/** Type mismatches, the empty list, and refusals of the sandbox. */
const withoutPrefix: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "FUS0502",
  "FUS0506",
  "FUS0520",
  "FUS0521",
]);

const encoder = new TextEncoder();

/** One call of a host function, as it sees the machine. */
class HostCall implements ObservedContext {
  readonly canWait = false;
  /** Version 1 code knows no places. */
  readonly position = undefined;
  operation: Operation | undefined;
  readonly conversion: Conversion;

  constructor(
    private readonly context: LibraryContext,
    readonly settings: HostSettings,
  ) {
    this.conversion = new Crossing([], [], new AnonymousShapes(), {
      invoke: (callee, args, convert) => convert(this.call(callee, ...args)),
      invokeAsync: async (callee, args, convert) => convert(this.call(callee, ...args)),
      allocate: (bytes) => this.allocate(bytes),
    });
  }

  get plugin(): string {
    return this.settings.plugin;
  }

  get sandbox(): unknown {
    return this.settings.sandbox;
  }

  get signal(): AbortSignal | undefined {
    return this.settings.signal;
  }

  get remainingMs(): number {
    return this.context.meter.remainingMs;
  }

  get remainingInstructions(): number {
    const { meter } = this.context;
    return meter.limits.maxInstructions - meter.instructions;
  }

  require(capability: string): void {
    if (this.settings.capabilities?.has(capability) !== false) return;
    if (this.operation !== undefined)
      this.audit({ capability, operation: this.operation.name, decision: "denied", reason: "not granted" });
    throw this.fail("FUS0520", `capability denied: ${capability}`);
  }

  get observer(): Observer | undefined {
    return this.settings.observer;
  }

  /** Nothing waits in version 1: a promise is a failure. */
  goesOn(operation: Operation): () => void {
    operation.abandon();
    return () => undefined;
  }

  granted(capability: string): boolean {
    return this.settings.capabilities?.has(capability) !== false;
  }

  get largestBytes(): number {
    return this.context.meter.limits.memoryBytes;
  }

  count(limit: "fsOps" | "netOps", amount = 1): void {
    if (limit === "fsOps") this.context.meter.countFsOps(amount);
    else this.context.meter.countNetOps(amount);
  }

  countFileBytes(bytes: number): void {
    this.context.meter.countFileBytes(bytes);
  }

  get lifetime(): AbortSignal {
    return this.settings.lifetime.signal;
  }

  hold(what: Holding): () => void {
    return this.settings.lifetime.hold(what, this.context.meter.limits);
  }

  countOutput(text: string): void {
    this.context.meter.charge(text.length >> 4);
    this.context.meter.countOutput(encoder.encode(text).length);
  }

  write(stream: "stdout" | "stderr", text: string): void {
    this.context.write(stream, text);
  }

  audit(entry: AuditEntry): void {
    const { observer } = this.settings;
    if (observer === undefined) return;
    if (this.operation === undefined) noteAlone(observer, entry);
    else this.operation.note(entry);
  }

  fail(code: string, message: string, cause?: unknown): Error {
    return new ScriptError(runtimeException(code, message, cause));
  }

  tick(): void {
    this.context.meter.tick();
  }

  checkTime(): void {
    this.context.meter.checkTime();
  }

  get tasks(): never {
    throw this.fail("FUS0517", "version 1 programs have no tasks");
  }

  charge(units: number): void {
    this.context.meter.charge(units);
  }

  allocate(bytes: number): void {
    this.context.meter.allocate(bytes);
  }

  /** Functions of the program arrive here as functions of the host. */
  call(callee: ScriptValue, ...args: ScriptValue[]): ScriptValue {
    const outcome = apply(callee, args, {
      demand: ({ capability }) => {
        if (capability !== undefined) this.require(capability);
      },
    });
    if (!(outcome instanceof Application)) return outcome;
    if (outcome.target instanceof Closure)
      throw new TypeError("a version 1 program has no code of version 2");
    return outcome.target.native?.(this, ...outcome.args) as ScriptValue;
  }
}
