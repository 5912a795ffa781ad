import { FusabiError, LinkError } from "../errors.js";
import type { AuditEntry, AuditOutcome } from "../host/context.js";
import type { HostModule } from "../host/host-module.js";
import { noteAlone, type Observer, observerOf } from "../host/operation.js";
import type { Rehearsal } from "../host/rehearsal.js";
import { signatureOf } from "../host/signature-cache.js";
import { Lifetime } from "../machine/lifetime.js";
import { type MachineLimits, type ResolvedLimits, resolveLimits } from "../machine/limits.js";
import { Meter, type Usage } from "../machine/meter.js";
import { recordOf } from "../machine/usage-total.js";
import type { TypeDescriptor } from "../types/type-descriptor.js";
import { ANY } from "../values/conversion.js";
import { displayV1 } from "./display.js";
import { fromHostV1 } from "./from-host.js";
import { type HostSettings, hostConstant, hostFunction } from "./host-function.js";
import { ownFunctions } from "./library/library.js";
import { upstreamFunctions, upstreamGlobals } from "./library/upstream-names.js";
import type { HostFunctionV1, LibraryContext } from "./library-context.js";
import { Machine, type Surroundings } from "./machine.js";
import type { ProgramV1 } from "./program.js";
import { toHostV1 } from "./to-host.js";
import { ClosureValue, NativeValue, RecordValue, type Value } from "./value.js";

/** What a run of a version 1 program is given to work with; as for `instantiate`. */
export interface RunOptionsV1 {
  /**
   * Functions of the host, reached by their dotted name (`File.readLines`, `db.get`). Where the library's own names are concerned, only what touches the world is taken from here: the
   * pure functions keep the original's meaning.
   */
  readonly imports?: readonly HostModule[];
  readonly limits?: MachineLimits;
  /** Takes what the program prints; without it, output is counted and dropped. */
  readonly onOutput?: (text: string, stream: "stdout" | "stderr") => void;
  /** The live grant, asked at each call of a function that needs a capability. Without it, everything is granted. */
  readonly capabilities?: { has(name: string): boolean };
  /** The sandbox policy; handed to host functions as it is. */
  readonly sandbox?: unknown;
  /** Hears of each use of a capability when it has been decided, before anything is done. If it throws, nothing is done. */
  readonly audit?: (entry: AuditEntry) => void;
  /** Hears of each use of a capability when it is over. */
  readonly audited?: (entry: AuditEntry, outcome: AuditOutcome) => void;
  /** Makes this a dry run, by `rehearsal`: what would change something outside is recorded instead of done. */
  readonly rehearsal?: Rehearsal;
  /** Ends the run. */
  readonly signal?: AbortSignal;
  /** Name in audit records and for host functions. */
  readonly name?: string;
}

/** What a run gave. */
export interface RunResultV1 {
  /**
   * The final value, converted by its shape. Reading it throws a ConversionError when the value contains itself, is nested more than 1,000 levels deep, or is a chain that is no
   * list; `text` shows these, too.
   */
  readonly value: unknown;
  /** The final value as the original prints it. */
  readonly text: string;
  readonly usage: Usage;
}

/**
 * Runs a version 1 program to its end, as the original does: its stack, its library, its texts. Each run starts afresh.
 *
 * @throws FusabiError with the original's message when the program fails; LimitError and AbortError when it was stopped; LinkError when it calls a function of the original's library that
 * the host does not provide.
 * @example
 * const { value, text, usage } = runV1(decodeV1(bytes), {
 *   imports: nodeLibrary(),
 *   limits: { timeoutMs: 250 },
 *   onOutput: (text) => process.stdout.write(text),
 * });
 */
export function runV1(program: ProgramV1, options: RunOptionsV1 = {}): RunResultV1 {
  const run = new Run(options);
  const chunk = program.freshChunk();
  const { meter, result } = run.with((machine) => machine.runTopLevel(new ClosureValue(chunk, 0, undefined)));
  const text = displayV1(result, meter);
  return {
    get value() {
      return run.toHost(result);
    },
    text,
    usage: recordOf(meter),
  };
}

const encoder = new TextEncoder();

/** The surroundings of one program: what it may reach, and what the host said about it. */
class Run implements Surroundings {
  readonly globals: ReadonlyMap<string, Value>;
  readonly #functions: ReadonlyMap<string, HostFunctionV1>;
  readonly #unwrapped = new Map<string, HostFunctionV1>();
  readonly #limits: ResolvedLimits;
  readonly #observer: Observer | undefined;
  #machine: Machine | undefined;

  constructor(private readonly options: RunOptionsV1) {
    this.#limits = resolveLimits(options.limits);
    this.#observer = observerOf(options);
    const settings: HostSettings = {
      plugin: options.name ?? "",
      capabilities: options.capabilities,
      sandbox: options.sandbox,
      observer: this.#observer,
      signal: options.signal,
      lifetime: new Lifetime(),
      wrapFunction: (callee) => this.#wrap(callee),
      unwrapFunction: (callee, type) => this.#unwrap(callee, type),
    };
    const { globals, functions } = provided(options.imports ?? [], settings);
    this.globals = globals;
    this.#functions = functions;
  }

  /** Uses a machine with a budget of its own, or the one that is running. */
  with(use: (machine: Machine) => Value): { readonly meter: Meter; readonly result: Value } {
    const running = this.#machine;
    const machine = running ?? new Machine(this, this.#budget());
    this.#machine = machine;
    try {
      machine.meter.checkTime();
      return { meter: machine.meter, result: use(machine) };
    } finally {
      this.#machine = running;
    }
  }

  #budget(): Meter {
    const meter = new Meter();
    meter.begin(this.#limits, this.options.signal);
    return meter;
  }

  toHost(value: Value): unknown {
    return toHostV1(value, (callee) => this.#wrap(callee));
  }

  has(name: string): boolean {
    return this.#find(name) !== undefined || upstreamFunctions.has(name);
  }

  invoke(name: string, context: LibraryContext, args: readonly Value[]): Value {
    const found = this.#find(name);
    if (found === undefined)
      throw new LinkError(
        `${name} is not provided by the host; pass a host module that has it among the imports`,
        name,
      );
    if (found.capability !== undefined) this.#demand(found.capability, name);
    return found.run(context, args);
  }

  write(stream: "stdout" | "stderr", text: string): void {
    const meter = this.#machine?.meter;
    meter?.charge(text.length >> 4);
    meter?.countOutput(encoder.encode(text).length);
    this.options.onOutput?.(text, stream);
  }

  #find(name: string): HostFunctionV1 | undefined {
    return ownFunctions.get(name) ?? this.#functions.get(name) ?? this.#unwrapped.get(name);
  }

  #demand(capability: string, operation: string): void {
    const { capabilities } = this.options;
    if (capabilities === undefined || capabilities.has(capability)) return;
    if (this.#observer !== undefined)
      noteAlone(this.#observer, { capability, operation, decision: "denied", reason: "not granted" });
    throw new FusabiError(`capability denied: ${capability}`, "FUS0520", []);
  }

  /** While the program runs, its functions run on its machine; later each call gets one of its own. */
  #wrap(callee: ClosureValue | NativeValue): (...args: unknown[]) => unknown {
    return (...args) => {
      const given = args.map((arg, index) => this.#fromHost(arg, `$${index}`));
      const { result } = this.with((machine) =>
        machine.call(callee, given.length === 0 && callee.arity > 0 ? [undefined] : given),
      );
      return this.toHost(result);
    };
  }

  #fromHost(value: unknown, root: string): Value {
    return fromHostV1(value, ANY, (callee, type) => this.#unwrap(callee, type), root);
  }

  /** Functions are known by name only. One that the host hands in gets a name that no file can have: half a surrogate pair is not UTF-8. */
  #unwrap(callee: (...args: unknown[]) => unknown, type: TypeDescriptor): Value {
    const name = `host function ${this.#unwrapped.size + 1}\ud800`;
    let arity = 0;
    for (let rest = type; rest.kind === "function"; rest = rest.result) arity++;
    if (arity === 0) arity = Math.max(1, callee.length);
    this.#unwrapped.set(name, {
      capability: undefined,
      run: (_, args) => this.#fromHost(callee(...args.map((arg) => this.toHost(arg))), "$"),
    });
    return new NativeValue(name, arity, []);
  }
}

interface Provided {
  readonly globals: ReadonlyMap<string, Value>;
  readonly functions: ReadonlyMap<string, HostFunctionV1>;
}

/** What host modules add to the library. Under the names of its modules, they can only fill in what it leaves to the host. */
function provided(modules: readonly HostModule[], settings: HostSettings): Provided {
  if (modules.length === 0) return { globals: upstreamGlobals, functions: new Map() };
  const globals = new Map(upstreamGlobals);
  const functions = new Map<string, HostFunctionV1>();
  for (const module of modules) {
    const prefix = module.name === "" ? "" : `${module.name}.`;
    const ofLibrary = module.name === "" || upstreamGlobals.has(module.name);
    const fields = new Map<string, Value>();
    for (const [member, declaration] of module.members) {
      const name = prefix + member;
      if (ofLibrary && (ownFunctions.has(name) || !upstreamFunctions.has(name))) continue;
      if ("value" in declaration) {
        const constant = hostConstant(declaration);
        if (constant !== undefined && !ofLibrary) fields.set(member, constant.value);
      } else if ("run" in declaration || "native" in declaration) {
        functions.set(name, hostFunction(name, declaration, settings));
        fields.set(member, new NativeValue(name, signatureOf(declaration).arity, []));
      }
    }
    if (ofLibrary || fields.size === 0) continue;
    const earlier = globals.get(module.name);
    const known = earlier instanceof RecordValue ? earlier.fields : new Map<string, Value>();
    globals.set(module.name, new RecordValue(new Map([...known, ...fields])));
  }
  return { globals, functions };
}
