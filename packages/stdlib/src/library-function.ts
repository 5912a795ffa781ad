/** Work that a library describes now and does later: what functions with an `Async` result give. */
import {
  AsyncValue,
  functionOf,
  type NativeContext,
  type NativeMember,
  PartialApplication,
  PRODUCT_BYTES,
  SLOT_BYTES,
  type Value,
} from "@fusabi/vm";

/**
 * Makes Asyncs of a member whose last parameter is unit: it gets its arguments now and is called when the Async is started, under the capabilities and limits
 * of whoever starts it.
 */
export function deferred(
  name: string,
  member: NativeMember,
): (context: NativeContext, ...args: Value[]) => AsyncValue {
  let work: ReturnType<typeof functionOf> | undefined;
  return (context, ...args) => {
    // Bound when it is used first: reading a signature takes time that most programs need not spend.
    work ??= functionOf(name, member);
    context.allocate(2 * PRODUCT_BYTES + (args.length + 2) * SLOT_BYTES);
    return new AsyncValue(args.length === 0 ? work : new PartialApplication(work, args));
  };
}
