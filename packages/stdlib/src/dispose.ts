import { HostObject, type NativeContext, type Value } from "@fusabi/vm";

/** The host's own disposer of an object that a `use` binding held. Values of the language need none. */
export function dispose(context: NativeContext, value: Value): Value {
  if (!(value instanceof HostObject)) return undefined;
  const disposer: unknown = (value.target as Partial<Disposable>)[Symbol.dispose];
  if (typeof disposer !== "function") return undefined;
  try {
    disposer.call(value.target);
  } catch (error) {
    throw context.fail(
      "FUS0517",
      `disposing of ${value.typeName} failed: ${error instanceof Error ? error.message : String(error)}`,
      error,
    );
  }
  return undefined;
}
