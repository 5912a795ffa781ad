/** The time of one operation that waits: never longer than what is left of the call, and ended with the call and with the instance. */
import type { NativeContext } from "@fusabi/vm";

/**
 * Milliseconds that one request or one program may take.
 *
 * @example
 * ```ts
 * nodeLibrary({ operationTimes: { usualMs: 10_000, mostMs: 30_000 } });
 * ```
 */
export interface OperationTimes {
  /** Where the program does not say. */
  readonly usualMs: number;
  /** The most that a program may ask for. */
  readonly mostMs: number;
}

/** 30 seconds, at most 300. */
export const USUAL_TIMES: OperationTimes = { usualMs: 30_000, mostMs: 300_000 };

/** The longest delay that timers take. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** What an operation may take: what the program asks for or the usual, within bounds. */
export function timeOf(times: OperationTimes, askedMs: number | undefined): number {
  return Math.min(Math.max(0, askedMs ?? times.usualMs), times.mostMs);
}

/** How long it may really take, with what is left of the call. */
export function timeLeft(context: NativeContext, timeMs: number): number {
  return Math.max(0, Math.min(timeMs, context.remainingMs, LONGEST_TIMER));
}

/** `250ms`, `5s`, `30.1s`. */
function durationText(ms: number): string {
  return ms < 1000 ? `${Math.ceil(ms)}ms` : `${Math.round(ms / 100) / 10}s`;
}

/** The exception for an operation that took too long. */
export function timedOut(context: NativeContext, timeMs: number): Error {
  return context.fail("FUS0517", `operation timed out after ${durationText(timeMs)}`);
}

/**
 * Runs an operation with a signal that is aborted when its time is up, when the call ends, and when the instance is disposed. The operation has to stop then;
 * what its promise does afterwards is heard by nobody.
 */
export async function within<T>(
  context: NativeContext,
  timeMs: number,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { lifetime, signal } = context;
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let end: (() => void) | undefined;
  const over = new Promise<never>((_, reject) => {
    end = () => {
      reject(timedOut(context, timeMs));
      controller.abort();
    };
    // Timers may be early by less than a millisecond: when it is the call's time that is up, it must be up.
    timer = setTimeout(end, Math.min(Math.ceil(timeLeft(context, timeMs)) + 1, LONGEST_TIMER));
    for (const ending of [lifetime, signal]) {
      if (ending?.aborted === true) end();
      ending?.addEventListener("abort", end, { once: true });
    }
  });
  const work = run(controller.signal);
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
    for (const ending of [lifetime, signal]) if (end !== undefined) ending?.removeEventListener("abort", end);
    work.catch(() => undefined);
    over.catch(() => undefined);
  }
}
