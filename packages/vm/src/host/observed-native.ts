/** Host functions that need a capability, as an observed instance runs them: each call is an operation, and may be a rehearsal. */
import type { TypeDescriptor } from "../types/type-descriptor.js";
import { ANY } from "../values/conversion.js";
import { toHost } from "../values/to-host.js";
import type { Value } from "../values/value.js";
import type { NativeContext } from "./context.js";
import type { HostMode } from "./host-module.js";
import type { LinkedImport } from "./link.js";
import { type Observer, Operation, type Rehearsal } from "./operation.js";
import { OperationContext } from "./operation-context.js";

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
    const run = observer.rehearsal === undefined ? native : rehearsed(member, observer.rehearsal);
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
    result = run(mode === "waits" ? new OperationContext(context, operation) : context, ...args);
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

/** What a rehearsal runs in the member's place. */
function rehearsed(member: ObservedMember, rehearsal: Rehearsal): Native {
  const { capability, name, native, rehearse, type } = member;
  if (rehearse === undefined) {
    if (capability === undefined || !rehearsal.changes(capability)) return native;
    return (context) => {
      throw context.fail("FUS0517", `${name}: cannot be rehearsed, and is not done in a dry run`);
    };
  }
  return (context, ...args) => {
    const note = (): void =>
      rehearsal.record({
        capability,
        operation: name,
        target: (context as Partial<ObservedContext>).operation?.target,
        args: hostArguments(args, type, context),
      });
    const result = rehearse(context, ...args);
    if (result instanceof Promise) {
      return result.then((value) => {
        note();
        return value;
      });
    }
    note();
    return result;
  };
}

function hostArguments(
  args: readonly Value[],
  type: TypeDescriptor,
  context: NativeContext,
): readonly unknown[] {
  let rest = type;
  return args.map((arg, index) => {
    const parameter = rest.kind === "function" ? rest.parameter : ANY;
    if (rest.kind === "function") rest = rest.result;
    return toHost(arg, parameter, context.conversion, `$${index}`);
  });
}
