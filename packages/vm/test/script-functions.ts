/** Script functions written in JavaScript, for tests of values that hold functions. */
import { AsyncValue, HostFunction, NONE, type Run, Sequence, some, type Value } from "../src/index.js";

function nativeFunction(
  name: string,
  body: (context: unknown, argument: Value) => Value | Promise<Value>,
): HostFunction {
  return new HostFunction({
    kind: "native",
    name,
    arity: 1,
    capability: undefined,
    mode: "sync",
    native: body,
    code: undefined,
    unit: undefined,
    value: undefined,
  });
}

/** Applies a function made here. */
export const run: Run = (callee, ...args) =>
  (callee as HostFunction).target.native?.(undefined as never, ...args) as Value;

/** A seq over what `iterate` gives. */
export function sequence(iterate: () => Iterator<Value>): Sequence {
  return new Sequence(
    nativeFunction("start", () => {
      const iterator = iterate();
      return nativeFunction("next", (_, more) => {
        if (more === false) return NONE;
        const step = iterator.next();
        return step.done === true ? NONE : some(step.value);
      });
    }),
  );
}

export function asyncWork(body: () => Promise<Value>): AsyncValue {
  return new AsyncValue(nativeFunction("work", body));
}

/** A promise of the host as an Async, and an Async started. */
export const promised = (promise: Promise<Value>): AsyncValue => {
  promise.catch(() => undefined);
  return asyncWork(() => promise);
};
export const start = async (work: AsyncValue): Promise<Value> => await run(work.start);
