import { CallAbortedError } from "@fusabi/plugin";
import { CallQueueFullError, CallQueueTimeoutError, RuntimeDisposedError } from "./errors.js";

/** How long, and until what, a call waits for its turn. */
export interface Patience {
  /** Milliseconds; null: without end. */
  readonly timeoutMs: number | null;
  readonly signal: AbortSignal | undefined;
}

/**
 * Lets so many calls run at one time. Those that wait get in by turns of their plugins, so that one plugin with many
 * waiting calls does not keep the others out.
 */
export class CallGate {
  readonly #maxRunning: number;
  readonly #maxWaiting: number;
  #running = 0;
  #waiting = 0;
  #closed = false;
  /** By plugin, the one whose turn it is first. No set is empty. */
  readonly #queues = new Map<string, Set<Waiter>>();

  constructor(maxRunning: number, maxWaiting: number) {
    this.#maxRunning = maxRunning;
    this.#maxWaiting = maxWaiting;
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#waiting;
  }

  /** Takes a place if one is free. Whoever took one gives it back by {@link leave}. */
  tryEnter(): boolean {
    // While calls wait no place is free: a place that is given back goes to one of them at once.
    if (this.#running >= this.#maxRunning) return false;
    this.#running++;
    return true;
  }

  /** Waits for a place. Throws if the time is up, the call is aborted, the queue is full or the gate is closed. */
  enter(plugin: string, fn: string, { timeoutMs, signal }: Patience): Promise<void> {
    if (this.#closed) return Promise.reject(new RuntimeDisposedError());
    if (signal?.aborted === true) return Promise.reject(new CallAbortedError(plugin, fn, signal.reason));
    if (this.tryEnter()) return Promise.resolve();
    if (this.#waiting >= this.#maxWaiting) {
      return Promise.reject(new CallQueueFullError(plugin, fn, this.#maxWaiting));
    }
    return new Promise<void>((resolve, reject) => {
      const leaveQueue = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", onAbort);
        this.#forget(plugin, waiter);
      };
      const giveUp = (error: Error) => {
        leaveQueue();
        reject(error);
      };
      const onAbort = () => giveUp(new CallAbortedError(plugin, fn, signal?.reason));
      const timer =
        timeoutMs === null
          ? undefined
          : setTimeout(
              () => giveUp(new CallQueueTimeoutError(plugin, fn, timeoutMs, this.#running)),
              Math.min(timeoutMs, LONGEST_TIMER),
            );
      const waiter: Waiter = {
        admit: () => {
          leaveQueue();
          resolve();
        },
        refuse: giveUp,
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      this.#enqueue(plugin, waiter);
    });
  }

  /** Gives a place back, or hands it on to the call whose turn it is. */
  leave(): void {
    const [next] = this.#queues;
    if (next === undefined) {
      this.#running--;
      return;
    }
    const [plugin, queue] = next;
    const [waiter] = queue;
    // Its plugin goes to the end of the line.
    this.#queues.delete(plugin);
    this.#queues.set(plugin, queue);
    waiter?.admit();
  }

  /** Refuses all that wait, and all that come. */
  close(): void {
    this.#closed = true;
    for (const queue of [...this.#queues.values()]) {
      for (const waiter of [...queue]) waiter.refuse(new RuntimeDisposedError());
    }
  }

  #enqueue(plugin: string, waiter: Waiter): void {
    const queue = this.#queues.get(plugin);
    if (queue === undefined) this.#queues.set(plugin, new Set([waiter]));
    else queue.add(waiter);
    this.#waiting++;
  }

  #forget(plugin: string, waiter: Waiter): void {
    const queue = this.#queues.get(plugin);
    if (queue?.delete(waiter) !== true) return;
    this.#waiting--;
    if (queue.size === 0) this.#queues.delete(plugin);
  }
}

interface Waiter {
  readonly admit: () => void;
  readonly refuse: (error: Error) => void;
}

/** The longest delay that timers take; nobody waits that long. */
const LONGEST_TIMER = 2 ** 31 - 1;
