import type { ExportData } from "../bytecode/module.js";
import { CallError, FusabiError } from "../errors.js";
import { Crossing, type Invoker } from "../host/boundary.js";
import type { AuditEntry, AuditOutcome } from "../host/context.js";
import type { HostModule } from "../host/host-module.js";
import { observerOf, type Rehearsal } from "../host/operation.js";
import { ScriptError } from "../host/script-error.js";
import { formatType } from "../types/format-type.js";
import type { TypeDescriptor } from "../types/type-descriptor.js";
import { AnonymousShapes } from "../values/anonymous-shapes.js";
import { NOT_PRIMITIVE, primitiveToHost, primitiveToScript } from "../values/primitive-crossing.js";
import { toHost } from "../values/to-host.js";
import { toScript } from "../values/to-script.js";
import { Closure, ExceptionValue, type Value } from "../values/value.js";
import { Application, apply, staticClosure } from "./application.js";
import { Call, type Environment } from "./call.js";
import type { LinkedUnit } from "./code.js";
import type { Engine } from "./engine.js";
import { Fiber } from "./fiber.js";
import { execute, PARKED, type Resumption } from "./interpreter.js";
import { Lifetime } from "./lifetime.js";
import { type MachineLimits, type ResolvedLimits, resolveLimits } from "./limits.js";
import type { Usage } from "./meter.js";
import type { Module } from "./prepare.js";
import { linkUnit } from "./unit.js";

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
  /** Makes this a dry run: what would change something outside is recorded instead of done. */
  readonly rehearsal?: Rehearsal;
  /** Cancels the top level of the script. */
  readonly signal?: AbortSignal;
  /** A second tier, such as `jit()` of `@fusabi/jit`. Without one, or where it does not work, everything is interpreted. */
  readonly engine?: Engine;
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
}

/** An exported function or value. */
export interface ExportInfo {
  readonly name: string;
  /** Number of curried parameters; 0 for a value. */
  readonly arity: number;
  readonly parameterNames: readonly string[];
  readonly type: TypeDescriptor;
  /** The type in Fusabi's syntax. */
  readonly signature: string;
  readonly doc: string | undefined;
  /** Capabilities that a call can reach; ascending. */
  readonly capabilities: readonly string[];
}

const NO_USAGE: Usage = {
  instructions: 0,
  allocatedBytes: 0,
  outputBytes: 0,
  fsOps: 0,
  netOps: 0,
  durationMs: 0,
  maxDepth: 0,
};

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
  readonly #data: ReadonlyMap<string, ExportData>;
  readonly #crossing: Crossing;
  #idle: Fiber | undefined = new Fiber();
  #disposed = false;
  #usage: Usage = NO_USAGE;
  #lastUsage: Usage = NO_USAGE;
  #result: Value = undefined;

  /** Links without running anything; use `instantiate`. */
  constructor(module: Module, options: InstantiateOptions) {
    this.#limits = options.limits ?? {};
    this.#resolved = resolveLimits(this.#limits);
    const engine = options.engine?.unavailable === undefined ? options.engine : undefined;
    this.#unit = linkUnit(module, options.imports ?? [], engine);
    const output = options.onOutput;
    const anonymousShapes = new AnonymousShapes();
    const invoker: Invoker = {
      invoke: (callee, args) => this.#run(callee, args, {}),
      invokeAsync: (callee, args) => this.#runAsync(callee, args, {}),
    };
    this.#environment = {
      plugin: options.name ?? module.data.name,
      limits: this.#resolved,
      capabilities: options.capabilities,
      sandbox: options.sandbox,
      output: output === undefined ? () => undefined : (stream, text) => output(text, stream),
      observer: observerOf(options),
      anonymousShapes,
      lifetime: new Lifetime(),
      engine,
      invoker,
    };
    this.#data = new Map(module.data.exports.map((one) => [one.name, one]));
    this.exports = new Map(module.data.exports.map((one) => [one.name, exportInfo(one, module)]));
    this.#crossing = new Crossing(module.data.definitions, module.shapes, anonymousShapes, invoker);
  }

  /** What all calls of this instance used together; `maxDepth` is the deepest of them. */
  get usage(): Usage {
    return this.#usage;
  }

  /** What the call that ended last used. */
  get lastUsage(): Usage {
    return this.#lastUsage;
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
  call(name: string, args: readonly unknown[] = [], control: CallControl = {}): unknown {
    const { callee, given, result } = this.#prepare(name, args);
    return this.#toHost(this.#run(callee, given, control), result);
  }

  /** As `call`; host functions that wait are allowed, the promise settles when the function has returned. */
  async callAsync(name: string, args: readonly unknown[] = [], control: CallControl = {}): Promise<unknown> {
    const { callee, given, result } = this.#prepare(name, args);
    return this.#toHost(await this.#runAsync(callee, given, control), result);
  }

  /**
   * The current value of an exported name.
   *
   * @throws CallError when there is none.
   */
  get(name: string): unknown {
    const data = this.#exported(name);
    return this.#toHost(this.#unit.globals[data.global], data.type);
  }

  /** Runs the top level once more from the start; `instantiate` has done so already. */
  runTopLevel(signal?: AbortSignal): void {
    this.#result = this.#run(this.#entry(), [], signal === undefined ? {} : { signal });
  }

  /** As `runTopLevel`, for a top level that waits for host functions. */
  async runTopLevelAsync(signal?: AbortSignal): Promise<void> {
    this.#result = await this.#runAsync(this.#entry(), [], signal === undefined ? {} : { signal });
  }

  /** Forgets all values and ends what the program has started and not finished. Later calls fail; a call that waits fails when it would go on. */
  dispose(): void {
    this.#disposed = true;
    this.#environment.lifetime.end();
    this.#idle = undefined;
    this.#unit.globals.fill(undefined);
    this.#result = undefined;
  }

  #entry(): Closure {
    return staticClosure(this.#unit, this.#unit.module.data.entry);
  }

  #exported(name: string): ExportData {
    const data = this.#data.get(name);
    if (data === undefined) throw new CallError(`'${this.#environment.plugin}' exports no '${name}'`, name);
    return data;
  }

  #prepare(
    name: string,
    args: readonly unknown[],
  ): { callee: Value; given: Value[]; result: TypeDescriptor } {
    const data = this.#exported(name);
    if (data.arity === 0) throw new CallError(`'${name}' is a value, not a function`, name);
    const given: Value[] = [];
    let type = data.type;
    for (let i = 0; i < data.arity && type.kind === "function"; i++) {
      if (i < args.length) given.push(this.#toScript(args[i], type.parameter, data, i));
      else if (args.length === 0 && data.arity === 1 && type.parameter.kind === "unit") given.push(undefined);
      type = type.result;
    }
    if (given.length !== data.arity || args.length > data.arity) {
      throw new CallError(`'${name}' takes ${data.arity} argument(s), got ${args.length}`, name);
    }
    return { callee: this.#unit.globals[data.global], given, result: type };
  }

  #toScript(value: unknown, type: TypeDescriptor, data: ExportData, index: number): Value {
    const plain = primitiveToScript(value, type);
    return plain === NOT_PRIMITIVE
      ? toScript(value, type, this.#crossing, `$${data.parameterNames[index] ?? index}`)
      : plain;
  }

  #toHost(value: Value, type: TypeDescriptor): unknown {
    const plain = primitiveToHost(value, type);
    return plain === NOT_PRIMITIVE ? toHost(value, type, this.#crossing) : plain;
  }

  #begin(control: CallControl, asynchronous: boolean): Call {
    if (this.#disposed) throw new CallError(`'${this.#environment.plugin}' has been disposed`, "");
    const limits =
      control.limits === undefined ? this.#resolved : resolveLimits({ ...this.#limits, ...control.limits });
    const fiber = this.#idle ?? new Fiber();
    this.#idle = undefined;
    const { capabilities } = control;
    const environment =
      capabilities === undefined ? this.#environment : { ...this.#environment, capabilities };
    return new Call(environment, fiber, control.signal, asynchronous, limits);
  }

  #end(call: Call): void {
    call.finish();
    call.fiber.clear();
    if (!this.#disposed) this.#idle = call.fiber;
    const used = call.meter.usage();
    this.#lastUsage = used;
    this.#usage = addUsage(this.#usage, used);
  }

  #run(callee: Value, args: readonly Value[], control: CallControl): Value {
    const call = this.#begin(control, false);
    try {
      call.meter.checkTime();
      const outcome = apply(callee, args);
      if (!(outcome instanceof Application)) return outcome;
      if (!(outcome.target instanceof Closure)) return call.native(outcome.target, outcome.args);
      call.fiber.enter(outcome.target, outcome.args, 0);
      return execute(call, call.fiber, 0) as Value;
    } catch (error) {
      throw asHostError(error);
    } finally {
      this.#end(call);
    }
  }

  async #runAsync(callee: Value, args: readonly Value[], control: CallControl): Promise<Value> {
    const call = this.#begin(control, true);
    try {
      call.meter.checkTime();
      const outcome = apply(callee, args);
      if (!(outcome instanceof Application)) return outcome;
      if (!(outcome.target instanceof Closure)) return await call.nativeAsync(outcome.target, outcome.args);
      const fiber = call.fiber;
      fiber.enter(outcome.target, outcome.args, 0);
      let result = execute(call, fiber, 0);
      while (result === PARKED) {
        const resumption = await settled(call);
        if (this.#disposed) throw new CallError(`'${this.#environment.plugin}' has been disposed`, "");
        call.meter.checkTime();
        if (fiber.closure === undefined) {
          if ("error" in resumption) throw resumption.error;
          return resumption.value;
        }
        result = execute(call, fiber, 0, resumption);
      }
      return result;
    } catch (error) {
      throw asHostError(error);
    } finally {
      this.#end(call);
    }
  }
}

/** Waits for what the fiber is parked on, at most until the deadline or the host's abort. */
async function settled(call: Call): Promise<Resumption> {
  const promise = call.fiber.promise ?? Promise.resolve(undefined);
  const { signal } = call;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let onAbort: (() => void) | undefined;
  const stopped = new Promise<undefined>((resolve) => {
    const remaining = call.meter.remainingMs;
    if (Number.isFinite(remaining))
      timer = setTimeout(() => resolve(undefined), Math.min(Math.max(remaining, 0) + 1, MAX_TIMER));
    onAbort = () => resolve(undefined);
    signal?.addEventListener("abort", onAbort, { once: true });
    if (signal?.aborted === true) resolve(undefined);
  });
  const outcome = promise.then(
    (value): Resumption => ({ value }),
    (error: unknown): Resumption => ({ error }),
  );
  try {
    const first = await Promise.race([outcome, stopped]);
    if (first !== undefined) return first;
    call.meter.checkTime();
    // A timer may fire a little early by the other clock.
    return await settled(call);
  } finally {
    clearTimeout(timer);
    if (onAbort !== undefined) signal?.removeEventListener("abort", onAbort);
  }
}

/** The longest delay that timers take. */
const MAX_TIMER = 2 ** 31 - 1;

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
  return error;
}

function exportInfo(data: ExportData, module: Module): ExportInfo {
  return {
    name: data.name,
    arity: data.arity,
    parameterNames: data.parameterNames,
    type: data.type,
    signature: formatType(data.type, module.data.definitions),
    doc: data.doc,
    capabilities: data.capabilities,
  };
}

function addUsage(a: Usage, b: Usage): Usage {
  return {
    instructions: a.instructions + b.instructions,
    allocatedBytes: a.allocatedBytes + b.allocatedBytes,
    outputBytes: a.outputBytes + b.outputBytes,
    fsOps: a.fsOps + b.fsOps,
    netOps: a.netOps + b.netOps,
    durationMs: a.durationMs + b.durationMs,
    maxDepth: Math.max(a.maxDepth, b.maxDepth),
  };
}
