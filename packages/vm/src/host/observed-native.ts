/** Host functions that need a capability, as an observed instance runs them: each call is an operation, and may be a rehearsal. */
import type { TypeDescriptor } from "../types/type-descriptor.js";
import type { Value } from "../values/value.js";
import type { NativeContext } from "./context.js";
import type { HostMode } from "./host-module.js";
import type { LinkedImport } from "./link.js";
import { type Observer, Operation } from "./operation.js";
import { operationContext } from "./operation-context.js";

type Native = NonNullable<LinkedImport["native"]>;

/** What the machine's own contexts have beside what libraries see. */
export interface ObservedContext extends NativeContext {
  /** Undefined when nobody watches. */
  readonly observer: Observer | undefined;
  /** The call of a host function that runs at the moment. */
  operation: Operation | undefined;
  /** The operation goes on when the function has returned its promise; what `ended` answers it for is told when it is over. */
  goesOn(operation: Operation): () => void;
}

/** What a member says about itself, as far as observation needs it. */
export interface ObservedMember {
  readonly name: string;
  readonly capability: string | undefined;
  readonly mode: HostMode;
  readonly type: TypeDescriptor;
  readonly native: Native;
  /** Stands in for `native` in a rehearsal. */
  readonly rehearse: Native | undefined;
}

/** The function as the machine calls it. Members that need nothing and rehearse nothing are not observed. */
export function observedNative(member: ObservedMember): Native {
  const { native, capability, rehearse } = member;
  if (capability === undefined && rehearse === undefined) return native;
  // A description does nothing: what it starts later is observed.
  if (member.mode === "async") return native;
  return (given, ...args) => {
    const context = given as ObservedContext;
    const { observer } = context;
    if (observer === undefined) return native(context, ...args);
    const run = observer.rehearsal?.inPlaceOf(member) ?? native;
    if (capability === undefined) return run(context, ...args);
    return operate(
      context,
      new Operation(observer, member.name, capability, context.operation),
      member,
      run,
      args,
    );
  };
}

function operate(
  context: ObservedContext,
  operation: Operation,
  { mode }: ObservedMember,
  run: Native,
  args: readonly Value[],
): Value | Promise<Value> {
  context.operation = operation;
  let result: Value | Promise<Value>;
  try {
    result = run(mode === "waits" ? operationContext(context, operation) : context, ...args);
  } catch (error) {
    context.operation = operation.outer;
    operation.fail(error);
    throw error;
  }
  context.operation = operation.outer;
  if (!(result instanceof Promise)) {
    operation.succeed();
    return result;
  }
  const over = context.goesOn(operation);
  return result.then(
    (value) => {
      over();
      operation.succeed();
      return value;
    },
    (error: unknown) => {
      over();
      operation.fail(error);
      throw error;
    },
  );
}
