/** Running a fiber to its end: at once as far as it does not wait, then from one wait to the next. */
import { Closure, type Value } from "../values/value.js";
import { Application, apply } from "./application.js";
import type { Call } from "./call.js";
import { execute, PARKED, type Resumption } from "./interpreter.js";

/** Applies a function to arguments on the call's own fiber; PARKED when it waits. */
export function beginRun(call: Call, callee: Value, args: readonly Value[]): Value | typeof PARKED {
  const outcome = apply(callee, args);
  if (!(outcome instanceof Application)) return outcome;
  const { fiber } = call;
  if (outcome.target instanceof Closure) {
    fiber.enter(outcome.target, outcome.args, 0);
    return executeNow(call);
  }
  call.demand(outcome.target);
  const result = outcome.target.native?.(call, ...outcome.args);
  if (!(result instanceof Promise)) return result;
  call.park(outcome.target, result, 0);
  fiber.promise = result;
  return PARKED;
}

/**
 * Goes on with a run that waits.
 *
 * @throws (as a rejection) what ends the run, and what stops it while it waits: LimitError, AbortError, CallError.
 */
export async function finishRun(call: Call): Promise<Value> {
  const { fiber, meter, activity } = call;
  for (;;) {
    const resumption = await activity.wait(call, fiber.promise ?? Promise.resolve(undefined));
    fiber.promise = undefined;
    call.checkStopped();
    meter.checkTime();
    if (fiber.closure === undefined) {
      if ("error" in resumption) throw resumption.error;
      return resumption.value;
    }
    const result = executeNow(call, resumption);
    if (result !== PARKED) return result;
  }
}

function executeNow(call: Call, resumption?: Resumption): Value | typeof PARKED {
  const { lifetime } = call.environment;
  call.outer = lifetime.executing;
  lifetime.executing = call;
  call.executing = true;
  try {
    return execute(call, call.fiber, 0, resumption);
  } finally {
    call.executing = false;
    lifetime.executing = call.outer;
  }
}
