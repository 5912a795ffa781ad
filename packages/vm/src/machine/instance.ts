import type { ExportData } from "../bytecode/module.js";
import { BytecodeError, CallError, FusabiError } from "../errors.js";
import { Crossing, type Invoker } from "../host/boundary.js";
import type { AuditEntry, AuditOutcome } from "../host/context.js";
import { dynamicsOf } from "../host/dynamics.js";
import type { HostModule } from "../host/host-module.js";
import { observerOf } from "../host/operation.js";
import type { Rehearsal } from "../host/rehearsal.js";
import { ScriptError } from "../host/script-error.js";
import type { TypeDescriptor } from "../types/type-descriptor.js";
import { AnonymousShapes } from "../values/anonymous-shapes.js";
import { AsyncValue } from "../values/async-value.js";
import { NOT_PRIMITIVE, primitiveToHost, primitiveToScript } from "../values/primitive-crossing.js";
import { toHost } from "../values/to-host.js";
import { toScript } from "../values/to-script.js";
import { type Closure, ExceptionValue, type Value } from "../values/value.js";
import { disposedError } from "./activity.js";
import { staticClosure } from "./application.js";
import { Call, type Environment } from "./call.js";
import type { LinkedUnit } from "./code.js";
import { beginRun, finishRun } from "./drive.js";
import type { Engine } from "./engine.js";
import { type CallableExport, type ExportInfo, exportedBy } from "./exported.js";
import { Fiber } from "./fiber.js";
import { PARKED } from "./interpreter.js";
import { Lifetime } from "./lifetime.js";
import { type MachineLimits, type ResolvedLimits, resolveLimits } from "./limits.js";
import { Meter, type Usage } from "./meter.js";
import { Pause } from "./pause.js";
import { isPlainData } from "./plain-data.js";
import type { Module } from "./prepare.js";
import { linkUnit } from "./unit.js";
import { recordOf, UsageTotal } from "./usage-total.js";

/** What an instance is given to work with. */
export interface InstantiateOptions {
  /** What the program may call. A later module adds to an earlier one of the same name. */
  readonly imports?: readonly HostModule[];
  readonly limits?: MachineLimits;
  /** Takes what the program prints; without it, output is counted and dropped. */
  readonly onOutput?: (text: string, stream: "stdout" | "stderr") => void;
  /** The live grant, asked at each call of a function that needs a capability. Without it, every import that was given is granted. */
  readonly capabilities?: { has(name: string): boolean };
  /** The sandbox policy; handed to host functions as it is. */
  readonly sandbox?: unknown;
  /** Hears of each use of a capability when it has been decided, before anything is done. If it throws, nothing is done. */
  readonly audit?: (entry: AuditEntry) => void;
  /** Hears of each use of a capability when it is over. */
  readonly audited?: (entry: AuditEntry, outcome: AuditOutcome) => void;
  /** Makes this a dry run, by `rehearsal`: what would change something outside is recorded instead of done. */
  readonly rehearsal?: Rehearsal;
  /** Cancels the top level of the script. */
  readonly signal?: AbortSignal;
  /** A second tier, such as `jit()` of `@fusabi/jit`. Without one, or where it does not work, everything is interpreted. */
  readonly engine?: Engine;
  /**
   * Takes the failure of work that the program started and does not wait for (`Async.Start`): a FusabiError or LimitError. Without it, its message goes to the output stream
   * `stderr`.
   */
  readonly onTaskError?: (error: unknown) => void;
  /** Name in messages and audit records; the module's own name if absent. */
  readonly name?: string;
}

/** What one call may be given beside its arguments. */
export interface CallControl {
  readonly signal?: AbortSignal;
  /** In place of the instance's limits; what is left out is taken from them. */
  readonly limits?: MachineLimits;
  /** In place of the instance's live grant, for this call and the tasks that it starts. */
  readonly capabilities?: { has(name: string): boolean };
  /** Hears what the call used, when it has ended, and what the Async used that a synchronous call gave. */
  readonly onUsage?: (usage: Usage) => void;
}

const NO_CONTROL: CallControl = {};

/**
 * Links a module to what the host provides and runs its top level.
 *
 * @throws LinkError when an import is missing; FusabiError, LimitError, AbortError when the top level fails.
 * @example
 * const instance = instantiate(decodeModule(bytes), { imports: standardLibrary() });
 * instance.call("greet", ["Ada"]);
 */
export function instantiate(module: Module, options: InstantiateOptions = {}): Instance {
  const instance = new Instance(module, options);
  instance.runTopLevel(options.signal);
  return instance;
}

/**
 * As `instantiate`, for a top level that waits for host functions.
 *
 * @throws (as a rejection) what `instantiate` throws.
 * @example
 * const instance = await instantiateAsync(decodeModule(bytes), { imports: standardLibrary() });
 */
export async function instantiateAsync(module: Module, options: InstantiateOptions = {}): Promise<Instance> {
  const instance = new Instance(module, options);
  await instance.runTopLevelAsync(options.signal);
  return instance;
}

/**
 * A running module: its global variables and what it was granted. Made by `instantiate`.
 *
 * @example
 * const instance = instantiate(decodeModule(bytes), { imports: standardLibrary() });
 * for (const { name, signature } of instance.exports.values()) console.log(`${name} : ${signature}`);
 * console.log(instance.call("add", [1, 2]), instance.lastUsage.instructions);
 */
export class Instance {
  readonly exports: ReadonlyMap<string, ExportInfo>;
  readonly #unit: LinkedUnit;
  readonly #environment: Environment;
  readonly #limits: MachineLimits;
  readonly #resolved: ResolvedLimits;
  readonly #data: ReadonlyMap<string, CallableExport>;
  /** What was asked for last: hosts tend to call one function again and again. */
  #asked: CallableExport | undefined;
  readonly #crossing: Crossing;
  readonly #pause = new Pause();
  readonly #total = new UsageTotal();
  readonly #last = new UsageTotal();
  /** Budgets of calls that have returned while tasks of theirs go on. */
  readonly #background = new Set<Meter>();
  /** A call that has ended and left no trace, for the next one. */
  #idle: Call | undefined;
  #disposed = false;
  /** The call whose result is being converted. */
  #converting: Call | undefined;
  #result: Value = undefined;

  /** Links without running anything; use `instantiate`. */
  constructor(module: Module, options: InstantiateOptions) {
    this.#limits = options.limits ?? {};
    this.#resolved = resolveLimits(options.limits);
    const engine = options.engine?.unavailable === undefined ? options.engine : undefined;
    const imports = options.imports ?? [];
    this.#unit = linkUnit(module, imports, engine);
    const output = options.onOutput;
    const anonymousShapes = new AnonymousShapes();
    const invoker: Invoker = {
      invoke: (callee, args, convert) =>
        this.#converting === undefined
          ? this.#run(callee, args, NO_CONTROL, convert)
          : convert(this.#converting.call(callee, ...args)),
      invokeAsync: (callee, args, convert) => this.#runAsync(callee, args, NO_CONTROL, convert),
      // Arguments are the host's own choice; no program runs yet that could answer for them.
      allocate: () => undefined,
    };
    const plugin = options.name ?? module.data.name;
    const onTaskError =
      options.onTaskError ??
      ((error: unknown) => output?.(`task of '${plugin}' failed: ${messageOf(error)}\n`, "stderr"));
    this.#environment = {
      plugin,
      limits: this.#resolved,
      capabilities: options.capabilities,
      sandbox: options.sandbox,
      output: output === undefined ? () => undefined : (stream, text) => output(text, stream),
      observer: observerOf(options),
      anonymousShapes,
      globals: this.#unit.globals,
      unit: this.#unit,
      lifetime: new Lifetime(),
      onTaskError: (error) => onTaskError(asHostError(error)),
      engine,
      invoker,
      dynamics: dynamicsOf(imports),
    };
    const { infos, data } = exportedBy(module);
    this.#data = data;
    this.exports = infos;
    this.#crossing = new Crossing(module.data.definitions, module.shapes, anonymousShapes, invoker);
  }

  /** What all calls of this instance used together; `maxDepth` is the deepest of them. */
  get usage(): Usage {
    const total = new UsageTotal();
    for (const usage of [this.#total, ...this.#background]) total.add(usage);
    return recordOf(total);
  }

  /** What the call that ended last used; of calls that run at one time, use `CallControl.onUsage`. */
  get lastUsage(): Usage {
    return recordOf(this.#last);
  }

  /** The value of the script: that of its last expression, as the script sees it; `display` gives its text form. */
  get result(): Value {
    return this.#result;
  }

  /**
   * Calls an exported function; arguments and result are converted by its type.
   *
   * @throws CallError for an unknown name or a wrong number of arguments; ConversionError for an argument that does not fit; FusabiError,
   * LimitError, AbortError when the call fails.
   */
  call(name: string, args: readonly unknown[] = [], control: CallControl = NO_CONTROL): unknown {
    const data = this.#exported(name);
    const given = this.#given(data, args);
    const call = this.#begin(control, false);
    try {
      const callee = this.#unit.globals[data.global];
      return this.#toHost(call, beginRun(call, callee, given) as Value, data.result, control);
    } catch (error) {
      throw asHostError(error);
    } finally {
      this.#end(call, control);
    }
  }

  /** As `call`; host functions that wait are allowed, the promise settles when the function has returned. */
  async callAsync(
    name: string,
    args: readonly unknown[] = [],
    control: CallControl = NO_CONTROL,
  ): Promise<unknown> {
    const data = this.#exported(name);
    const given = this.#given(data, args);
    return await this.#finishAsync(this.#unit.globals[data.global], given, control, data.result);
  }

  /**
   * The current value of an exported name.
   *
   * @throws CallError when there is none.
   */
  get(name: string): unknown {
    return this.#valueOf(this.#exported(name));
  }

  /**
   * The exported values that are data, by name: what an instance of the same program, or of the next version of it, takes up by `restore`. Functions, and values that hold one, an
   * Async, a seq or an object of the host, are left out.
   */
  snapshot(): ReadonlyMap<string, unknown> {
    const values = new Map<string, unknown>();
    for (const data of this.#data.values())
      if (data.arity === 0 && isPlainData(data.type, this.#unit.module.data.definitions))
        values.set(data.name, this.#valueOf(data));
    return values;
  }

  /**
   * Gives exported values the values of a snapshot. Names that this program does not export as data are passed over and answered. Either all others are taken over or, when one does not
   * fit its type, none.
   *
   * @throws ConversionError with the path to what does not fit.
   */
  restore(snapshot: Iterable<readonly [string, unknown]>): readonly string[] {
    const unknown: string[] = [];
    const restored: [ExportData, Value][] = [];
    for (const [name, value] of snapshot) {
      const data = this.#data.get(name);
      if (data === undefined || data.arity > 0 || !isPlainData(data.type, this.#unit.module.data.definitions))
        unknown.push(name);
      else restored.push([data, toScript(value, data.type, this.#crossing, `$${name}`)]);
    }
    if (this.#disposed) throw disposedError(this.#environment.plugin);
    for (const [data, value] of restored) this.#unit.globals[data.global] = value;
    return unknown;
  }

  /**
   * Takes no more calls: `call` throws CallError, `callAsync` waits for `resume`, and its time counts from there. Calls that run go on; the promise settles when the last of them, and of the
   * tasks that they started, has ended.
   */
  pause(): Promise<void> {
    return this.#pause.begin();
  }

  /** Takes calls again; those that wait go first, in their order. */
  resume(): void {
    this.#pause.end();
  }

  get paused(): boolean {
    return this.#pause.active;
  }

  /** Runs the top level once more from the start; `instantiate` has done so already. */
  runTopLevel(signal?: AbortSignal): void {
    this.#result = this.#run(this.#entry(), [], controlBy(signal), asItIs);
  }

  /** As `runTopLevel`, for a top level that waits for host functions. */
  async runTopLevelAsync(signal?: AbortSignal): Promise<void> {
    this.#result = await this.#runAsync(this.#entry(), [], controlBy(signal), asItIs);
  }

  /**
   * Forgets all values and ends what the program has started and not finished: calls that wait are rejected with CallError, tasks are cancelled, and code that is running (it is its own
   * host function that disposes of it) ends with its next block. Later calls fail.
   */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#environment.lifetime.end(() => disposedError(this.#environment.plugin));
    this.#pause.end();
    this.#idle = undefined;
    this.#unit.globals.fill(undefined);
    this.#result = undefined;
  }

  #entry(): Closure {
    return staticClosure(this.#unit, this.#unit.module.data.entry);
  }

  #exported(name: string): CallableExport {
    if (this.#asked?.name === name) return this.#asked;
    const data = this.#data.get(name);
    if (data === undefined) throw new CallError(`'${this.#environment.plugin}' exports no '${name}'`, name);
    this.#asked = data;
    return data;
  }

  /** The arguments of a function, converted; none stand for the unit value. */
  #given(data: CallableExport, args: readonly unknown[]): Value[] {
    const { name, arity, parameters } = data;
    if (arity === 0) throw new CallError(`'${name}' is a value, not a function`, name);
    if (args.length === 0 && arity === 1 && parameters[0]?.kind === "unit") return [undefined];
    if (args.length !== arity || parameters.length !== arity)
      throw new CallError(`'${name}' takes ${arity} argument(s), got ${args.length}`, name);
    // Most have few; an array that grows would take room for many.
    switch (arity) {
      case 1:
        return [this.#toScript(args, 0, data)];
      case 2:
        return [this.#toScript(args, 0, data), this.#toScript(args, 1, data)];
      default:
        return parameters.map((_, index) => this.#toScript(args, index, data));
    }
  }

  #toScript(args: readonly unknown[], index: number, { parameters, parameterNames }: CallableExport): Value {
    const value = args[index];
    const type = parameters[index] as TypeDescriptor;
    const plain = primitiveToScript(value, type);
    return plain === NOT_PRIMITIVE
      ? toScript(value, type, this.#crossing, `$${parameterNames[index] ?? index}`)
      : plain;
  }

  /** The result of a call; what has to be computed for it, the elements of a seq, is computed on the call's budget. */
  #toHost(call: Call, value: Value, type: TypeDescriptor, control: CallControl): unknown {
    const plain = primitiveToHost(value, type);
    if (plain !== NOT_PRIMITIVE) return plain;
    if (type.kind === "async" && value instanceof AsyncValue) {
      const promise = this.#finishAsync(value.start, [undefined], control, type.item);
      // A host that does not expect a promise must not end with an unhandled rejection.
      promise.catch(() => undefined);
      return promise;
    }
    return this.#converted(call, value, (result) => toHost(result, type, this.#crossing));
  }

  #converted<R>(call: Call, value: Value, convert: (result: Value) => R): R {
    const outer = this.#converting;
    this.#converting = call;
    try {
      return convert(value);
    } finally {
      this.#converting = outer;
    }
  }

  /** The value of an exported name; what has to be computed for it gets a budget of its own. */
  #valueOf({ global, type }: ExportData): unknown {
    const value = this.#unit.globals[global];
    const plain = primitiveToHost(value, type);
    if (plain !== NOT_PRIMITIVE) return plain;
    const call = this.#open(NO_CONTROL, false);
    try {
      return this.#toHost(call, value, type, NO_CONTROL);
    } catch (error) {
      throw asHostError(error);
    } finally {
      this.#end(call, NO_CONTROL);
    }
  }

  #begin(control: CallControl, asynchronous: boolean): Call {
    if (this.#pause.active) throw new CallError(`'${this.#environment.plugin}' is paused`, "");
    return this.#open(control, asynchronous);
  }

  #open(control: CallControl, asynchronous: boolean): Call {
    if (this.#disposed) throw disposedError(this.#environment.plugin);
    const limits =
      control.limits === undefined ? this.#resolved : resolveLimits({ ...this.#limits, ...control.limits });
    const { capabilities } = control;
    let call: Call;
    if (capabilities === undefined) {
      call = this.#idle ?? new Call(this.#environment, new Fiber(), new Meter());
      this.#idle = undefined;
    } else {
      // A grant of its own is not for the next call.
      call = new Call({ ...this.#environment, capabilities }, new Fiber(), new Meter());
    }
    call.begin(limits, control.signal, asynchronous);
    this.#pause.enter();
    return call;
  }

  #end(call: Call, { onUsage }: CallControl): void {
    const { meter, fiber, startedActivity } = call;
    meter.end();
    call.finish();
    fiber.clear();
    if (call.leavesNoTrace && call.environment === this.#environment && !this.#disposed) this.#idle = call;
    this.#last.set(meter);
    if (startedActivity === undefined || startedActivity.tasks.size === 0) this.#account(meter);
    else {
      this.#background.add(meter);
      startedActivity.endCall(() => {
        this.#background.delete(meter);
        meter.end();
        this.#account(meter);
      });
    }
    onUsage?.(recordOf(meter));
  }

  #account(usage: Usage): void {
    this.#total.add(usage);
    this.#pause.leave();
  }

  /** Runs a function of the script for the host. */
  #run<R>(callee: Value, args: readonly Value[], control: CallControl, convert: (result: Value) => R): R {
    const call = this.#begin(control, false);
    try {
      return this.#converted(call, beginRun(call, callee, args) as Value, convert);
    } catch (error) {
      throw asHostError(error);
    } finally {
      this.#end(call, control);
    }
  }

  async #runAsync<R>(
    callee: Value,
    args: readonly Value[],
    control: CallControl,
    convert: (result: Value) => R,
  ): Promise<R> {
    const begun = this.#beginAsync(control);
    const call = begun instanceof Promise ? await begun : begun;
    try {
      return this.#converted(call, await runToEnd(call, callee, args), convert);
    } catch (error) {
      throw asHostError(error);
    } finally {
      this.#end(call, control);
    }
  }

  /** Also waits for the Async that the function gives, on the same budget. */
  async #finishAsync(
    callee: Value,
    args: readonly Value[],
    control: CallControl,
    result: TypeDescriptor,
  ): Promise<unknown> {
    const begun = this.#beginAsync(control);
    const call = begun instanceof Promise ? await begun : begun;
    try {
      let value = await runToEnd(call, callee, args);
      let type = result;
      while (type.kind === "async" && value instanceof AsyncValue) {
        call.fiber.clear();
        value = await runToEnd(call, value.start, [undefined]);
        type = type.item;
      }
      return this.#toHost(call, value, type, control);
    } catch (error) {
      throw asHostError(error);
    } finally {
      this.#end(call, control);
    }
  }

  /** At once unless the instance is paused: what is called begins before the call returns its promise. */
  #beginAsync(control: CallControl): Call | Promise<Call> {
    return this.#pause.active && !this.#disposed ? this.#resumeAsync(control) : this.#open(control, true);
  }

  async #resumeAsync(control: CallControl): Promise<Call> {
    while (this.#pause.active && !this.#disposed) await this.#pause.over(control.signal);
    return this.#open(control, true);
  }
}

async function runToEnd(call: Call, callee: Value, args: readonly Value[]): Promise<Value> {
  const first = beginRun(call, callee, args);
  if (first !== PARKED) return first;
  return await new Promise((resolve, reject) => finishRun(call, resolve, reject));
}

function asHostError(error: unknown): unknown {
  const exception = error instanceof ScriptError ? error.exception : error;
  if (exception instanceof ExceptionValue) {
    return new FusabiError(
      exception.message,
      exception.code,
      exception.trace ?? [],
      exception.cause === undefined ? undefined : { cause: exception.cause },
    );
  }
  // What crosses is taken apart outside of the interpreter, and forged code can make values that have the wrong parts.
  if (error instanceof TypeError)
    return new BytecodeError("a value is not of the kind that it seems to be", undefined, { cause: error });
  return error;
}

function controlBy(signal: AbortSignal | undefined): CallControl {
  return signal === undefined ? NO_CONTROL : { signal };
}

function asItIs(value: Value): Value {
  return value;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
