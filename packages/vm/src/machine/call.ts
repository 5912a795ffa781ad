/** One call from the host into an instance: its budget, its grants, and what native functions may ask of it. */
import { AbortError, BytecodeError } from "../errors.js";
import { Crossing, type Invoker } from "../host/boundary.js";
import type { AuditEntry, TaskScope } from "../host/context.js";
import { type DynamicValues, NO_DYNAMIC_VALUES } from "../host/dynamics.js";
import type { LinkedImport } from "../host/link.js";
import type { ObservedContext } from "../host/observed-native.js";
import { noteAlone, type Observer, type Operation } from "../host/operation.js";
import { ScriptError } from "../host/script-error.js";
import type { AnonymousShapes } from "../values/anonymous-shapes.js";
import type { StartedWork } from "../values/async-value.js";
import type { Charge } from "../values/charge.js";
import type { Conversion } from "../values/conversion.js";
import { runtimeException } from "../values/exception.js";
import type { Run } from "../values/sequence.js";
import { STRING_BYTES, UNIT_BYTES } from "../values/size.js";
import { Closure, type FunctionValue, type TraceEntry, type Value } from "../values/value.js";
import { Activity, disposedError } from "./activity.js";
import { Application, apply } from "./application.js";
import type { LinkedUnit } from "./code.js";
import type { Engine } from "./engine.js";
import { NESTED_CALLS, nativeDepthExceeded, positionOf } from "./failure.js";
import { Fiber } from "./fiber.js";
import { execute } from "./interpreter.js";
import type { Execution, Holding, Lifetime } from "./lifetime.js";
import type { ResolvedLimits } from "./limits.js";
import type { Meter } from "./meter.js";
import { Task } from "./task.js";

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
  /** Global variables of the program. */
  readonly globals: readonly Value[];
  readonly lifetime: Lifetime;
  /** The program that the instance runs. */
  readonly unit: LinkedUnit;
  /** The second tier; undefined: everything is interpreted. */
  readonly engine: Engine | undefined;
  /** Takes the failure of work that nobody waits for. */
  readonly onTaskError: (error: unknown) => void;
  /** Undefined when no host module brings them. */
  readonly dynamics: DynamicValues | undefined;
  /** Starts a call of its own for a script function that the host kept. */
  readonly invoker: Invoker;
}

const encoder = new TextEncoder();

/** What only some calls have: those that are tasks of another one. */
export interface TaskPlace {
  readonly activity: Activity;
  /** Runs of the machine that the first steps of the task are nested in. */
  readonly outerRuns: number;
}

/**
 * One call from the host into an instance, and what its functions ask of the machine.
 *
 * @example
 * engine.takes(call, closure, 0, mayPark);
 */
export class Call implements ObservedContext, TaskScope, Execution {
  #charge: Charge | undefined;
  #run: Run | undefined;
  readonly engine: Engine | undefined;
  #nested = 0;
  #active = true;
  /** A function of the host has seen the call, and may have kept it. */
  #lent = false;
  #activity: Activity | undefined;
  #controller: AbortController | undefined;
  #stopped: Error | undefined;
  #conversion: Conversion | undefined;
  /** Operations that go on after their function has returned. */
  #going: Set<Operation> | undefined;
  /** The host function that runs at the moment, if it needs a capability and somebody watches. */
  operation: Operation | undefined;
  /** The host awaits the call, so host functions may wait. */
  asynchronous: boolean;
  /** The task that this call is the run of. */
  task: Task | undefined;
  /** Code of the call is running at the moment. */
  executing = false;
  /** The run that this one interrupts. */
  outer: Execution | undefined;
  /** While the call waits: ends the waiting with an error. */
  interrupt: ((error: Error) => void) | undefined;

  constructor(
    readonly environment: Environment,
    readonly fiber: Fiber,
    readonly meter: Meter,
    private readonly place: TaskPlace | undefined = undefined,
  ) {
    this.asynchronous = place !== undefined;
    this.engine = environment.engine;
    this.#activity = place?.activity;
    if (place === undefined) meter.holder = this;
  }

  /** Begins a call from the host on a new budget. The object may have served an earlier one. */
  begin(limits: ResolvedLimits, signal: AbortSignal | undefined, asynchronous: boolean): void {
    this.meter.begin(limits, signal);
    this.asynchronous = asynchronous;
    this.#active = true;
  }

  /** Nobody can know of the call any more once it has ended, so that its object can serve another one. */
  get leavesNoTrace(): boolean {
    return (
      this.#conversion === undefined &&
      this.#activity === undefined &&
      this.#controller === undefined &&
      this.#going === undefined &&
      this.#stopped === undefined &&
      !this.#lent
    );
  }

  /** The values that are in use, as far as both tiers see them: what the running function holds, global variables, and what waits. */
  *inUse(running: Iterable<Value>): Generator<Value> {
    yield* running;
    yield* this.environment.globals;
    yield* this.fiber.held();
    for (const task of this.#activity?.tasks ?? []) yield* task.call.fiber.held();
  }

  get dynamics(): DynamicValues {
    const { dynamics } = this.environment;
    // Code of another instance, or of a library that was linked with them.
    if (dynamics === undefined) throw new BytecodeError(`code cannot go on: ${NO_DYNAMIC_VALUES}`);
    return dynamics;
  }

  /** As a function of its own, for the algorithms on values. */
  get charge(): Charge {
    this.#charge ??= chargeOf(this.meter);
    return this.#charge;
  }

  get run(): Run {
    this.#run ??= runOf(this);
    return this.#run;
  }

  /** The call with all tasks that it has started. */
  get activity(): Activity {
    this.#activity ??= new Activity(this.environment, this.meter, this.meter.signal);
    return this.#activity;
  }

  /** Undefined as long as nothing has waited and nothing was started. */
  get startedActivity(): Activity | undefined {
    return this.#activity;
  }

  /** Aborted when the call is stopped; made when somebody asks for it. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      const reason = this.#stopped ?? this.meter.stopReason();
      if (reason !== undefined) this.#controller.abort(reason instanceof AbortError ? reason.cause : reason);
    }
    return this.#controller.signal;
  }

  get stopped(): Error | undefined {
    return this.#stopped;
  }

  /** Ends the call where it waits, or where it waits next. What a cancelled task has guarded by `finally` has run when this returns, if it waits. */
  stop(error: Error): void {
    if (this.#stopped !== undefined) return;
    this.#stopped = error;
    this.#controller?.abort(error instanceof AbortError ? error.cause : error);
    this.interrupt?.(error);
  }

  /** @throws what stopped the call */
  checkStopped(): void {
    if (this.#stopped !== undefined) throw this.#stopped;
  }

  tick(): void {
    this.#lent = true;
    this.requireAlive();
    this.meter.tick();
  }

  checkTime(): void {
    this.meter.checkTime();
  }

  get tasks(): TaskScope {
    return this;
  }

  start(work: FunctionValue): StartedWork {
    return this.#startTask(work, undefined);
  }

  startChild(work: FunctionValue): StartedWork {
    return this.#startTask(work, this.task);
  }

  #startTask(work: FunctionValue, parent: Task | undefined): StartedWork {
    const outerRuns = (this.place?.outerRuns ?? 0) + this.#nested + 1;
    if (outerRuns > NESTED_CALLS) throw nativeDepthExceeded();
    const release = this.hold("tasks");
    const { activity, environment, meter } = this;
    const task = new Task(
      new Call(environment, new Fiber(), meter, { activity, outerRuns }),
      parent,
      release,
    );
    task.call.task = task;
    task.start(work);
    return task;
  }

  reportFailure(error: unknown): void {
    this.environment.onTaskError(error);
  }

  /** A script function that is handed to the host runs inside this call while it lasts, on its budget, and in a call of its own later. */
  get conversion(): Conversion {
    this.#conversion ??= new Crossing([], [], this.environment.anonymousShapes, {
      invoke: (callee, args, convert) =>
        this.#active
          ? convert(this.call(callee, ...args))
          : this.environment.invoker.invoke(callee, args, convert),
      invokeAsync: (callee, args, convert) => this.environment.invoker.invokeAsync(callee, args, convert),
      allocate: (bytes) => this.meter.allocate(bytes),
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

  get remainingInstructions(): number {
    return this.meter.limits.maxInstructions - this.meter.instructions;
  }

  /** A host function that needs a capability is about to run. */
  demand(target: LinkedImport): void {
    if (target.capability === undefined) return;
    const { observer } = this.environment;
    if (this.granted(target.capability)) {
      // A function in bytecode runs as code of the program: its record is that it was allowed to. One that describes work does nothing yet.
      if (observer !== undefined && target.code !== undefined && target.mode !== "async")
        noteAlone(observer, { capability: target.capability, operation: target.name, decision: "allowed" });
      return;
    }
    if (observer !== undefined) {
      const { capability, name: operation } = target;
      noteAlone(observer, { capability, operation, decision: "denied", reason: "not granted" });
    }
    throw runtimeException("FUS0520", `capability denied: ${target.capability}`);
  }

  require(capability: string): void {
    if (this.granted(capability)) return;
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
    this.requireAlive();
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

  get largestBytes(): number {
    return this.meter.limits.memoryBytes;
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
    const outcome = apply(callee, args, this);
    if (!(outcome instanceof Application)) return outcome;
    if ((this.place?.outerRuns ?? 0) + this.#nested >= NESTED_CALLS) throw nativeDepthExceeded();
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

  /** The call has returned: functions that it handed to the host start calls of their own from now on. */
  finish(): void {
    this.#active = false;
    if (this.#going !== undefined) for (const operation of this.#going) operation.abandon();
  }

  /** Nothing of an instance reaches the host after it was disposed. */
  requireAlive(): void {
    if (this.environment.lifetime.ended) throw disposedError(this.environment.plugin);
  }

  granted(capability: string): boolean {
    const grants = this.environment.capabilities;
    return grants === undefined || grants.has(capability);
  }
}

// A function that is assigned to a property where it is made, V8 puts into old memory: what it holds would stay until all garbage is collected.

function chargeOf(meter: Meter): Charge {
  return (units) => meter.charge(units);
}

function runOf(call: Call): Run {
  return (callee, ...args) => call.call(callee, ...args);
}

function utf8Length(text: string): number {
  return encoder.encode(text).length;
}
