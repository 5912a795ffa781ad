/** What the prelude needs to make Asyncs and to take them apart, and the waiting itself. */
import {
  AsyncValue,
  type FunctionValue,
  type HostMember,
  type HostModule,
  hostModule,
  isProduct,
  kindOf,
  type NativeContext,
  PRODUCT_BYTES,
  SLOT_BYTES,
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
function sleep(context: NativeContext, milliseconds: Int): Promise<undefined> {
  requireNotNegative(context, "Async.sleep", milliseconds, "time");
  // No timer is left running behind a call that cannot wait for it.
  if (!context.canWait) throw context.fail("FUS0517", "Async.sleep: cannot wait inside a synchronous call");
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

/** `Async.sleep` as the prelude calls it: the wait, which the public function describes. */
export const waitingModule: HostModule = hostModule("Async", {
  sleep: internal("int -> unit", sleep, { mode: "waits" }),
});
