/** What the prelude needs to make Asyncs and to take them apart, and the waiting itself. */
import {
  AbortError,
  AsyncValue,
  CONS_BYTES,
  ExceptionValue,
  type FunctionValue,
  functionOf,
  type HostMember,
  type HostModule,
  hostModule,
  isProduct,
  kindOf,
  List,
  type NativeContext,
  NIL,
  NONE,
  PRODUCT_BYTES,
  SLOT_BYTES,
  type StartedWork,
  some,
  type UnionShape,
  unionShape,
  type Value,
} from "@fusabi/vm";
import { type Int, internal } from "./declaration.js";
import { requireNotNegative } from "./failure.js";

/** Typed programs have an Async here; a continuation in `any` can give anything. */
function requireAsync(context: NativeContext, value: Value): AsyncValue {
  if (value instanceof AsyncValue) return value;
  if (isProduct(value) && value.shape.kind === "union") {
    throw context.fail("FUS0502", `Unknown Async variant: ${value.shape.cases[value.tag ?? 0]?.name ?? ""}`);
  }
  throw context.fail("FUS0502", `Type mismatch: expected Async variant, got ${kindOf(value)}`);
}

export const asyncNatives: Readonly<Record<string, HostMember>> = {
  async: internal("(unit -> 'a) -> Async<'a>", (context: NativeContext, start: FunctionValue) => {
    context.allocate(PRODUCT_BYTES + 2 * SLOT_BYTES);
    return new AsyncValue(start);
  }),
  binding: internal(
    "Async<'a> -> ('a -> Async<'b>) -> (unit -> 'b) -> Async<'b>",
    (context: NativeContext, source: Value, continuation: FunctionValue, start: FunctionValue) => {
      context.allocate(2 * PRODUCT_BYTES + 4 * SLOT_BYTES);
      return new AsyncValue(start, { source: requireAsync(context, source), continuation });
    },
  ),
  isBinding: internal(
    "Async<'a> -> bool",
    (context: NativeContext, work: Value) => requireAsync(context, work).binding !== undefined,
  ),
  sourceOf: internal("Async<'a> -> Async<'b>", (_: NativeContext, work: AsyncValue) => work.binding?.source),
  continuationOf: internal(
    "Async<'a> -> ('b -> Async<'a>)",
    (_: NativeContext, work: AsyncValue) => work.binding?.continuation,
    { arity: 1 },
  ),
  workOf: internal("Async<'a> -> (unit -> 'a)", (_: NativeContext, work: AsyncValue) => work.start, {
    arity: 1,
  }),
};

/** The longest delay that timers take. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Waits so long, or until there is no time left or the call is cancelled: then the machine ends the call. */
export function sleep(context: NativeContext, milliseconds: Int): Promise<undefined> {
  requireNotNegative(context, "Async.sleep", milliseconds, "time");
  // No timer is left running behind a call that cannot wait for it.
  requireWaiting(context, "Async.sleep");
  const until = performance.now() + Number(milliseconds);
  const { signal } = context;
  return new Promise((resolve) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wake = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", wake);
      resolve(undefined);
    };
    const wait = (): void => {
      const left = Math.min(until - performance.now(), context.remainingMs);
      if (left <= 0 || signal?.aborted === true) wake();
      else timer = setTimeout(wait, Math.min(left, LONGEST_TIMER));
    };
    signal?.addEventListener("abort", wake, { once: true });
    wait();
  });
}

/** `Async.cancel`. */
export function cancelWork(context: NativeContext, work: Value): undefined {
  requireAsync(context, work).started?.cancel();
  return undefined;
}

/** As the compiler knows the union, its cases in this order. */
const STATES = ["pending", "ready", "failed", "cancelled"] as const satisfies readonly StartedWork["state"][];
const STATE: UnionShape = unionShape("AsyncState", [
  { name: "Pending", labels: [] },
  { name: "Ready", labels: [undefined] },
  { name: "Failed", labels: [undefined] },
  { name: "Cancelled", labels: [] },
]);

/** `Async.poll`. */
export function pollWork(context: NativeContext, work: Value): Value {
  const { started } = requireAsync(context, work);
  const state = started?.state ?? "pending";
  context.allocate(PRODUCT_BYTES + SLOT_BYTES);
  const fields = state === "ready" ? [started?.value] : state === "failed" ? [messageOf(started?.error)] : [];
  return STATE.cases[STATES.indexOf(state)]?.make(fields);
}

/** As `Async.catch` gives it; what is no exception of the script has ended the call, so that no script sees it. */
function messageOf(error: unknown): string {
  return error instanceof ExceptionValue || error instanceof Error ? error.message : String(error);
}

/** How a task has ended: its value, its error, or that it was cancelled. */
function outcomeOf(task: StartedWork): Value {
  if (task.state === "ready") return task.value;
  throw task.state === "failed" ? task.error : new AbortError(undefined, "The awaited task was cancelled");
}

/** The end of a task: at once if it has come, else a promise of it. */
function awaited(context: NativeContext, name: string, task: StartedWork): Value | Promise<Value> {
  if (task.state !== "pending") return outcomeOf(task);
  requireWaiting(context, name);
  return new Promise((resolve, reject) => {
    task.whenSettled(() => settleBy(() => outcomeOf(task), resolve, reject));
  });
}

function settleBy(
  outcome: () => Value,
  resolve: (value: Value) => void,
  reject: (error: unknown) => void,
): void {
  try {
    resolve(outcome());
  } catch (error) {
    reject(error);
  }
}

function requireWaiting(context: NativeContext, name: string): void {
  if (!context.canWait) throw context.fail("FUS0517", `${name}: cannot wait inside a synchronous call`);
}

/** What stands for a task in the program. */
function handleTo(context: NativeContext, task: StartedWork): AsyncValue {
  context.allocate(2 * PRODUCT_BYTES + 4 * SLOT_BYTES);
  return new AsyncValue(
    functionOf("Async.await", {
      type: "unit -> 'a",
      mode: "waits",
      native: (caller) => awaited(caller, "Async.await", task),
    }),
    undefined,
    task,
  );
}

/** Runs works beside each other; the results in order. Nothing of them goes on when this ends. */
function together(context: NativeContext, name: string, works: List): Value | Promise<Value> {
  const tasks: StartedWork[] = [];
  const cancelAll = (): void => {
    for (const task of tasks) task.cancel();
  };
  try {
    for (let rest = works; rest !== NIL; rest = rest.tail) {
      const task = context.tasks.startChild(rest.head as FunctionValue);
      tasks.push(task);
      if (task.state !== "pending" && task.state !== "ready") return outcomeOf(task);
    }
    if (tasks.every((task) => task.state === "ready")) return resultsOf(context, tasks);
    requireWaiting(context, name);
  } catch (error) {
    cancelAll();
    throw error;
  }
  return new Promise((resolve, reject) => {
    let pending = tasks.length;
    for (const task of tasks) {
      task.whenSettled(() => {
        pending--;
        if (task.state !== "ready") {
          settleBy(() => outcomeOf(task), resolve, reject);
          cancelAll();
        } else if (pending === 0) settleBy(() => resultsOf(context, tasks), resolve, reject);
      });
    }
  });
}

function resultsOf(context: NativeContext, tasks: readonly StartedWork[]): List {
  context.charge(tasks.length);
  context.allocate(tasks.length * CONS_BYTES);
  return tasks.reduceRight((rest: List, task) => new List(task.value, rest), NIL);
}

/** The result of work in Some, or None when the time is up before it. */
function inTime(context: NativeContext, milliseconds: Int, work: FunctionValue): Value | Promise<Value> {
  requireNotNegative(context, "Async.withTimeout", milliseconds, "time");
  const task = context.tasks.startChild(work);
  const outcome = (): Value => {
    if (task.state === "cancelled") return NONE;
    const value = outcomeOf(task);
    context.allocate(PRODUCT_BYTES + SLOT_BYTES);
    return some(value);
  };
  if (task.state !== "pending") return outcome();
  if (!context.canWait) {
    task.cancel();
    requireWaiting(context, "Async.withTimeout");
  }
  return new Promise((resolve, reject) => {
    const until = performance.now() + Number(milliseconds);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wait = (): void => {
      const left = until - performance.now();
      if (left > 0) timer = setTimeout(wait, Math.min(left, LONGEST_TIMER));
      else task.cancel();
    };
    task.whenSettled(() => {
      clearTimeout(timer);
      settleBy(outcome, resolve, reject);
    });
    wait();
  });
}

/** Runs work whose end nobody waits for. */
function spawnAndForget(context: NativeContext, work: FunctionValue): undefined {
  const { tasks } = context;
  const task = tasks.start(work);
  task.whenSettled(() => {
    if (task.state === "failed") tasks.reportFailure(task.error);
  });
  return undefined;
}

const spawning = { capability: "async:spawn" } as const;
const spawningAndWaiting = { capability: "async:spawn", mode: "waits" } as const;

/** What the prelude calls to wait and to start work; the public functions are made of it. */
export const waitingModule: HostModule = hostModule("Async", {
  sleep: internal("int -> unit", sleep, { mode: "waits" }),
  spawn: internal(
    "(unit -> 'a) -> Async<'a>",
    (context: NativeContext, work: FunctionValue) => handleTo(context, context.tasks.start(work)),
    spawning,
  ),
  spawnChild: internal(
    "(unit -> 'a) -> Async<'a>",
    (context: NativeContext, work: FunctionValue) => handleTo(context, context.tasks.startChild(work)),
    spawning,
  ),
  spawnAndForget: internal("(unit -> unit) -> unit", spawnAndForget, spawning),
  together: internal(
    "(unit -> 'a) list -> 'a list",
    (context: NativeContext, works: List) => together(context, "Async.parallel", works),
    spawningAndWaiting,
  ),
  togetherInArray: internal(
    "(unit -> 'a) list -> 'a list",
    (context: NativeContext, works: List) => together(context, "Async.Parallel", works),
    spawningAndWaiting,
  ),
  inTime: internal("int -> (unit -> 'a) -> 'a option", inTime, spawningAndWaiting),
});
