/** What the prelude needs to make lazy values and to force them. */
import {
  type FunctionValue,
  type HostMember,
  LazyValue,
  type NativeContext,
  PRODUCT_BYTES,
  SLOT_BYTES,
} from "@fusabi/vm";
import { internal } from "./declaration.js";

export const lazyNatives: Readonly<Record<string, HostMember>> = {
  lazyOf: internal("(unit -> 'a) -> Lazy<'a>", (context: NativeContext, force: FunctionValue) => {
    context.allocate(PRODUCT_BYTES + SLOT_BYTES);
    return new LazyValue(force);
  }),
  forceOf: internal("Lazy<'a> -> (unit -> 'a)", (_: NativeContext, value: LazyValue) => value.force, {
    arity: 1,
  }),
};
