/** Running a fiber to its end: at once as far as it does not wait, then from one wait to the next. */
import { CallError, LimitError } from "../errors.js";
import { Closure, type Value } from "../values/value.js";
import { Application, apply } from "./application.js";
import type { Call } from "./call.js";
import { NESTED_CALLS, nativeDepthExceeded } from "./failure.js";
import { execute, PARKED, type Resumption } from "./interpreter.js";
import type { Execution } from "./lifetime.js";

/** Applies a function to arguments on the call's own fiber; PARKED when it waits. */
export function beginRun(call: Call, callee: Value, args: readonly Value[]): Value | typeof PARKED {
  // Nearly always; without an object for it.
  if (callee instanceof Closure && callee.code.arity === args.length) return executeNow(call, callee, args);
  const outcome = apply(callee, args, call);
  if (!(outcome instanceof Application)) return outcome;
  if (outcome.target instanceof Closure) return executeNow(call, outcome.target, outcome.args);
  call.demand(outcome.target);
  const result = outcome.target.native?.(call, ...outcome.args);
  if (!(result instanceof Promise)) return result;
  call.park(outcome.target, result, 0);
  call.fiber.promise = result;
  return PARKED;
}

/**
 * Goes on with a run that waits, from one wait to the next, and tells how it ends: with its value, or with what ends it. A run that is stopped meanwhile is told so where it waits: then, if it is a
 * task that was cancelled, what it has guarded by `finally` runs at once, and cannot wait any more.
 */
export function finishRun(call: Call, succeed: (value: Value) => void, fail: (error: unknown) => void): void {
  call.activity.wait(call, call.fiber.promise, (resumption) => {
    try {
      const result = goOn(call, resumption);
      if (result === PARKED) finishRun(call, succeed, fail);
      else succeed(result);
    } catch (error) {
      fail(error);
    }
  });
}

function goOn(call: Call, delivered: Resumption): Value | typeof PARKED {
  const { fiber, meter } = call;
  let resumption = delivered;
  for (;;) {
    fiber.promise = undefined;
    if (call.stopped === undefined) meter.checkTime();
    else resumption = { error: call.stopped };
    if (!("error" in resumption)) {
      if (fiber.closure === undefined) return resumption.value;
    } else if (fiber.closure === undefined || !mayGoOnAfter(resumption.error)) throw resumption.error;
    const result = executeNow(call, fiber.closure, undefined, resumption);
    if (call.stopped === undefined) return result;
    if (result !== PARKED) throw call.stopped;
    // What it has begun to wait for can end as it likes.
    call.fiber.promise?.catch(() => undefined);
  }
}

/** Limits and the end of the instance leave nothing to be run; what the host has aborted, the meter stops. */
function mayGoOnAfter(error: unknown): boolean {
  return !(error instanceof LimitError || error instanceof CallError);
}

/** How many runs are nested in each other: what is cancelled runs inside of what cancels it. */
function runsOf(execution: Execution | undefined): number {
  let runs = 0;
  for (let run = execution; run !== undefined; run = run.outer) runs++;
  return runs;
}

/** Runs a function on the call's own fiber: from its start with the arguments, or from where the fiber stands. */
function executeNow(
  call: Call,
  closure: Closure,
  args: readonly Value[] | undefined,
  resumption?: Resumption,
): Value | typeof PARKED {
  const { lifetime } = call.environment;
  const { engine, fiber } = call;
  call.outer = lifetime.executing;
  if (runsOf(call.outer) >= NESTED_CALLS) throw nativeDepthExceeded();
  lifetime.executing = call;
  call.executing = true;
  try {
    if (args !== undefined) {
      const { code } = closure;
      // What the engine has got already need not pass through the interpreter.
      if (code.run !== undefined && engine?.takes(call, closure, 0, true)) {
        call.meter.fuel -= code.entryFuel;
        return engine.enter(call, closure, 0, args, 0, 0);
      }
      fiber.enter(closure, args, 0);
    }
    return execute(call, fiber, 0, resumption);
  } finally {
    call.executing = false;
    lifetime.executing = call.outer;
  }
}
