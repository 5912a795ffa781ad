/** Rehearsals: what would change something outside is noted instead of done. */
import type { TypeDescriptor } from "../types/type-descriptor.js";
import { ANY } from "../values/conversion.js";
import { toHost } from "../values/to-host.js";
import type { Value } from "../values/value.js";
import type { NativeContext } from "./context.js";
import type { LinkedImport } from "./link.js";
import type { ObservedContext, ObservedMember } from "./observed-native.js";

type Native = NonNullable<LinkedImport["native"]>;

/** What a rehearsal goes by, and who hears of what is rehearsed. */
export interface RehearsalPlan {
  /** Whether functions that need the capability change something outside. Those without a `rehearse` of their own then fail instead of running. */
  changes(capability: string): boolean;
  /** A function has been rehearsed. If this throws, the function fails. */
  record(effect: RehearsedEffect): void;
}

/** What a function would have done. */
export interface RehearsedEffect {
  /** Undefined for a function of the host that needs none. */
  readonly capability: string | undefined;
  /** Qualified name of the function: `File.write`. */
  readonly operation: string;
  /** What it was to work on, as checked. */
  readonly target: string | undefined;
  /** The arguments as the host sees them. */
  readonly args: readonly unknown[];
}

/** What makes an instance rehearse; see `rehearsal`. */
export interface Rehearsal {
  /** What runs in the place of a function. */
  inPlaceOf(member: ObservedMember): Native;
}

/**
 * Makes an instance rehearse, as an option of `instantiate`.
 *
 * @example
 * const effects: RehearsedEffect[] = [];
 * instantiate(module, {
 *   imports,
 *   rehearsal: rehearsal({ changes: (capability) => capability === "fs:write", record: (effect) => void effects.push(effect) }),
 * });
 */
export function rehearsal(plan: RehearsalPlan): Rehearsal {
  return { inPlaceOf: (member) => rehearsed(member, plan) };
}

function rehearsed(member: ObservedMember, plan: RehearsalPlan): Native {
  const { capability, name, native, rehearse, type } = member;
  if (rehearse === undefined) {
    if (capability === undefined || !plan.changes(capability)) return native;
    return (context) => {
      throw context.fail("FUS0517", `${name}: cannot be rehearsed, and is not done in a dry run`);
    };
  }
  return (context, ...args) => {
    const note = (): void =>
      plan.record({
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
