import type { Holding } from "../machine/lifetime.js";
import type { StartedWork } from "../values/async-value.js";
import type { Conversion } from "../values/conversion.js";
import type { FunctionValue, TraceEntry, Value } from "../values/value.js";

/** What a host function may ask of the machine that calls it. */
export interface HostContext {
  /** Name of the plugin or module that is running. */
  readonly plugin: string;
  /** Aborted when the call or the task that runs is cancelled, its deadline has passed, or the instance is disposed. */
  readonly signal: AbortSignal | undefined;
  /** Milliseconds left before the deadline; Infinity without one. */
  readonly remainingMs: number;
  /** The sandbox policy that the host gave to `instantiate`, as it gave it. */
  readonly sandbox: unknown;
  /** Throws an exception that the script can catch (FUS0520) unless the live grant has the capability. The machine has already asked for the declared one. */
  require(capability: string): void;
  /** Whether the live grant has a capability; for what is only left out without it, which nobody is told about. */
  granted(capability: string): boolean;
  /** Counts an operation against a limit; throws LimitError when it is exceeded. */
  count(limit: "fsOps" | "netOps", amount?: number): void;
  /** Takes one more of what is counted while it lasts: a child process, a connection, a task. The function that it gives takes it back. Throws LimitError. */
  hold(what: Holding): () => void;
  /**
   * Aborted when the instance that runs is disposed: what it started beyond the call ends then. There is one object per instance, under which a library can keep, in a WeakMap, what
   * belongs to the instance alone.
   */
  readonly lifetime: AbortSignal;
  /** Counts text that leaves the program by another way than `write`, such as a log, against `maxOutputBytes`; throws LimitError. */
  countOutput(text: string): void;
  /** Writes program output, counted in UTF-8 bytes against `maxOutputBytes`. */
  write(stream: "stdout" | "stderr", text: string): void;
  /**
   * Says what was decided about a use of a capability, and about which target, before it is done: one record in the audit log. A function that has a capability
   * and says nothing leaves one record without a target.
   */
  audit(record: AuditEntry): void;
  /** An exception that the script can catch: `throw context.fail("FUS0517", "File.read: not found: x")`. */
  fail(code: string, message: string, cause?: unknown): Error;
}

/** The record of one privileged operation. `operation` is the qualified name of the host function, `target` what it was to work on (a path, an address), `reason` why it was denied. */
export interface AuditEntry {
  readonly capability: string;
  readonly operation: string;
  readonly target?: string;
  readonly decision: "allowed" | "denied";
  readonly reason?: string;
}

/** How a use of a capability ended. */
export interface AuditOutcome {
  /** Milliseconds from the start of the host function to its end. Entries of one function share it. */
  readonly durationMs: number;
  /** Why the use was denied after all, though it was allowed first: a path that led elsewhere when it was used. */
  readonly denied?: string;
  /** The code of the failure that ended it, such as `FUS0517`; `abandoned` if the call from the host ended first. */
  readonly failure?: string;
}

/**
 * Work that runs beside the work that asks for it, each on a fiber of its own, all on the budget of one call from the host.
 *
 * @example
 * const both = [context.tasks.startChild(first), context.tasks.startChild(second)];
 */
export interface TaskScope {
  /** Starts work, a function of unit: it runs at once up to its first wait. Throws LimitError when too many tasks run. */
  start(work: FunctionValue): StartedWork;
  /** As `start`; it is cancelled when the work that starts it is cancelled or fails. */
  startChild(work: FunctionValue): StartedWork;
  /** Tells the host about a failure that nobody waits for. */
  reportFailure(error: unknown): void;
}

/** What library functions need beside: metering, and calls back into script functions. */
export interface NativeContext extends HostContext {
  /** Charges fuel for work: one unit an element visited or produced. Throws LimitError. */
  charge(units: number): void;
  /** Fuel that is left, Infinity without a limit; for work that is done elsewhere on this call's budget. */
  readonly remainingInstructions: number;
  /** Counts bytes about to be allocated, and refuses a single value above the memory limit. Throws LimitError. */
  allocate(bytes: number): void;
  /** Bytes that a single value may have, Infinity without a limit: `allocate` refuses more. For what grows while it comes in. */
  readonly largestBytes: number;
  /** A function of the host is about to run: looks at the clock now and then, and whether the instance still lives. */
  tick(): void;
  /** Ends the call when its time is up or it was stopped; for functions that take long and charge little. Throws LimitError, AbortError. */
  checkTime(): void;
  /** Work beside this work. */
  readonly tasks: TaskScope;
  /** How values cross while this call runs. */
  readonly conversion: Conversion;
  /** Counts the bytes of a file that is read or written as a whole; throws LimitError. */
  countFileBytes(bytes: number): void;
  /** Whether the host awaits the call, so that a function may give a promise. What takes hold of a timer or a connection asks first. */
  readonly canWait: boolean;
  /** Where the program is that calls; undefined where that is not known. */
  readonly position: TraceEntry | undefined;
  /** Applies a function value to arguments, now, in a nested run. Cannot wait. */
  call(callee: Value, ...args: Value[]): Value;
}
