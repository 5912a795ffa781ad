/** One call from the host into an instance: its budget, its grants, and what native functions may ask of it. */
import { Crossing, type Invoker } from "../host/boundary.js";
import type { AuditEntry } from "../host/context.js";
import type { LinkedImport } from "../host/link.js";
import type { ObservedContext } from "../host/observed-native.js";
import { noteAlone, type Observer, type Operation } from "../host/operation.js";
import { ScriptError } from "../host/script-error.js";
import type { AnonymousShapes } from "../values/anonymous-shapes.js";
import type { Conversion } from "../values/conversion.js";
import { runtimeException } from "../values/exception.js";
import type { Run } from "../values/sequence.js";
import { STRING_BYTES, UNIT_BYTES } from "../values/size.js";
import { Closure, type TraceEntry, type Value } from "../values/value.js";
import { Application, apply } from "./application.js";
import type { Engine } from "./engine.js";
import { NESTED_CALLS, nativeDepthExceeded, positionOf } from "./failure.js";
import type { Fiber } from "./fiber.js";
import { execute } from "./interpreter.js";
import type { Holding, Lifetime } from "./lifetime.js";
import type { ResolvedLimits } from "./limits.js";
import { Meter } from "./meter.js";

/** What an instance was given, the same for all its calls. */
export interface Environment {
  readonly plugin: string;
  readonly limits: ResolvedLimits;
  /** The live grant; undefined: everything that was linked is granted. */
  readonly capabilities: { has(name: string): boolean } | undefined;
  readonly sandbox: unknown;
  readonly output: (stream: "stdout" | "stderr", text: string) => void;
  /** Undefined when nobody watches the uses of capabilities. */
  readonly observer: Observer | undefined;
  readonly anonymousShapes: AnonymousShapes;
  readonly lifetime: Lifetime;
  /** The second tier; undefined: everything is interpreted. */
  readonly engine: Engine | undefined;
  /** Starts a call of its own for a script function that the host kept. */
  readonly invoker: Invoker;
}

const encoder = new TextEncoder();

export class Call implements ObservedContext {
  readonly meter: Meter;
  readonly engine: Engine | undefined;
  /** `charge` as a function of its own, for the algorithms on values. */
  readonly charge: (units: number) => void;
  readonly run: Run = (callee, ...args) => this.call(callee, ...args);
  #nested = 0;
  #active = true;
  #conversion: Conversion | undefined;
  /** Operations that go on after their function has returned. */
  #going: Set<Operation> | undefined;
  /** The host function that runs at the moment, if it needs a capability and somebody watches. */
  operation: Operation | undefined;

  constructor(
    readonly environment: Environment,
    readonly fiber: Fiber,
    readonly signal: AbortSignal | undefined,
    /** The host awaits the call, so host functions may wait. */
    readonly asynchronous: boolean,
    limits: ResolvedLimits,
  ) {
    const meter = new Meter(limits, signal);
    this.meter = meter;
    this.engine = environment.engine;
    this.charge = (units) => meter.charge(units);
  }

  /** A script function that is handed to the host runs inside this call while it lasts, on its budget, and in a call of its own later. */
  get conversion(): Conversion {
    this.#conversion ??= new Crossing([], [], this.environment.anonymousShapes, {
      invoke: (callee, args) =>
        this.#active ? this.call(callee, ...args) : this.environment.invoker.invoke(callee, args),
      invokeAsync: (callee, args) => this.environment.invoker.invokeAsync(callee, args),
    });
    return this.#conversion;
  }

  get plugin(): string {
    return this.environment.plugin;
  }

  get position(): TraceEntry | undefined {
    return positionOf(this.fiber);
  }

  get sandbox(): unknown {
    return this.environment.sandbox;
  }

  get canWait(): boolean {
    return this.asynchronous && this.#nested === 0;
  }

  get remainingMs(): number {
    return this.meter.remainingMs;
  }

  /** A host function that needs a capability is about to run. */
  demand(target: LinkedImport): void {
    if (target.capability === undefined || this.#granted(target.capability)) return;
    const { observer } = this.environment;
    if (observer !== undefined) {
      const { capability, name: operation } = target;
      noteAlone(observer, { capability, operation, decision: "denied", reason: "not granted" });
    }
    throw runtimeException("FUS0520", `capability denied: ${target.capability}`);
  }

  require(capability: string): void {
    if (this.#granted(capability)) return;
    if (this.operation !== undefined)
      this.audit({ capability, operation: this.operation.name, decision: "denied", reason: "not granted" });
    throw this.fail("FUS0520", `capability denied: ${capability}`);
  }

  get observer(): Observer | undefined {
    return this.environment.observer;
  }

  goesOn(operation: Operation): () => void {
    this.#going ??= new Set();
    this.#going.add(operation);
    return () => this.#going?.delete(operation);
  }

  count(limit: "fsOps" | "netOps", amount = 1): void {
    if (limit === "fsOps") this.meter.countFsOps(amount);
    else this.meter.countNetOps(amount);
  }

  countFileBytes(bytes: number): void {
    this.meter.countFileBytes(bytes);
  }

  get lifetime(): AbortSignal {
    return this.environment.lifetime.signal;
  }

  hold(what: Holding): () => void {
    return this.environment.lifetime.hold(what, this.meter.limits);
  }

  countOutput(text: string): void {
    this.meter.charge(text.length >> 4);
    this.meter.countOutput(utf8Length(text));
  }

  write(stream: "stdout" | "stderr", text: string): void {
    this.countOutput(text);
    this.environment.output(stream, text);
  }

  audit(entry: AuditEntry): void {
    const { observer } = this.environment;
    if (observer === undefined) return;
    if (this.operation === undefined) noteAlone(observer, entry);
    else this.operation.note(entry);
  }

  fail(code: string, message: string, cause?: unknown): Error {
    const exception = runtimeException(code, message, cause);
    return new ScriptError(exception);
  }

  allocate(bytes: number): void {
    this.meter.allocate(bytes);
  }

  joinString(units: number, added: number): void {
    this.meter.joinString(units, added);
  }

  /** Counts a string that was just made. */
  measured(text: string): string {
    this.meter.allocate(STRING_BYTES + text.length * UNIT_BYTES);
    return text;
  }

  call(callee: Value, ...args: Value[]): Value {
    const outcome = apply(callee, args);
    if (!(outcome instanceof Application)) return outcome;
    if (this.#nested >= NESTED_CALLS) throw nativeDepthExceeded();
    if (!(outcome.target instanceof Closure)) return this.native(outcome.target, outcome.args);
    const fiber = this.fiber;
    const top = fiber.top;
    fiber.push();
    this.meter.enterDepth(fiber.depth);
    this.#nested++;
    try {
      fiber.enter(outcome.target, outcome.args, top);
      return execute(this, fiber, fiber.depth) as Value;
    } finally {
      this.#nested--;
      fiber.pop();
    }
  }

  /** A native function gave a promise: fails where nothing can wait for it. */
  park(target: LinkedImport, promise: Promise<Value>, floor: number): void {
    if (this.asynchronous && floor === 0) return;
    promise.catch(() => undefined);
    throw runtimeException("FUS0517", `${target.name}: cannot wait inside a synchronous call`);
  }

  /** Calls a host function that a function value stands for. */
  native(target: LinkedImport, args: readonly Value[]): Value {
    this.demand(target);
    const result = target.native?.(this, ...args);
    if (result instanceof Promise) this.park(target, result, 1);
    return result as Value;
  }

  async nativeAsync(target: LinkedImport, args: readonly Value[]): Promise<Value> {
    this.demand(target);
    return await target.native?.(this, ...args);
  }

  /** The call has returned: functions that it handed to the host start calls of their own from now on. */
  finish(): void {
    this.#active = false;
    for (const operation of this.#going ?? []) operation.abandon();
  }

  #granted(capability: string): boolean {
    const grants = this.environment.capabilities;
    return grants === undefined || grants.has(capability);
  }
}

function utf8Length(text: string): number {
  return encoder.encode(text).length;
}
