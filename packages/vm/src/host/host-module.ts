import type { OpcodeName } from "../bytecode/opcodes.js";
import type { FunctionCode, LinkedUnit } from "../machine/code.js";
import type { TypeDescriptor } from "../types/type-descriptor.js";
import type { Value } from "../values/value.js";
import type { HostContext, NativeContext } from "./context.js";
import type { DynamicValues } from "./dynamics.js";

/**
 * How a host function relates to time: `sync` returns at once; `blocks` waits inside the call; `waits` returns a promise, for which the
 * calling frame is parked (only in an asynchronous call); `async` gives an `Async` description and does nothing yet.
 */
export type HostMode = "sync" | "blocks" | "waits" | "async";

interface MemberBase {
  /**
   * Type in Fusabi's syntax, `"string -> int -> string list"`. Bounds follow the type: `"'n list -> 'n when 'n : num"`, several joined by `and`. Host object types are written with a
   * leading `#`: `"#Database -> string -> unit"`. The number of top-level arrows is the arity, unless `arity` says otherwise.
   */
  readonly type: string;
  /** Number of arguments of a call, when the result is itself a function: `"int -> (int -> int)"` with arity 1. */
  readonly arity?: number;
  /** Canonical capability name that a call needs. */
  readonly capability?: string;
  /** Further capabilities that every call needs, which the function itself asks for (`context.require`). */
  readonly alsoNeeds?: readonly string[];
  readonly mode?: HostMode;
  /** One sentence for documentation and completion. */
  readonly doc?: string;
  /**
   * Functions that are handed to it are kept, and may be called during later calls: a handler, a timer. Functions of the host (`run`) are taken to
   * do so anyway. Tells the compiler what an export can reach.
   */
  readonly keepsFunctions?: boolean;
  /** Not reachable from source text by its own name; only as a form or variant of another member. */
  readonly hidden?: boolean;
  /** The constant may also be written as a call with unit, `Map.empty ()`. */
  readonly unitCallable?: boolean;
}

/** A function of the host; arguments and result cross the boundary converted by type. */
export interface HostFunctionMember extends MemberBase {
  readonly run: (context: HostContext, ...args: never[]) => unknown;
  /** Runs in place of `run` in a rehearsal (dry run): checks, counts and audits as `run` does, answers as if it had been done, and changes nothing. */
  readonly rehearse?: (context: HostContext, ...args: never[]) => unknown;
}

/** A function that works on Fusabi values as they are; for libraries. It must charge for its work. */
export interface NativeMember extends MemberBase {
  readonly native: (context: NativeContext, ...args: never[]) => Value | Promise<Value>;
  /** An instruction that takes the arguments as its operands and does the same; a call with all arguments compiles to it. */
  readonly instruction?: OpcodeName;
  /** Runs in place of `native` in a rehearsal (dry run): checks, counts and audits as `native` does, answers as if it had been done, and changes nothing. */
  readonly rehearse?: (context: NativeContext, ...args: never[]) => Value | Promise<Value>;
}

/** A constant. */
export interface ConstantMember extends MemberBase {
  readonly value: Value;
}

/** A function that is itself Fusabi bytecode, from a library unit. */
export interface BytecodeMember extends MemberBase {
  readonly code: () => { readonly unit: LinkedUnit; readonly code: FunctionCode };
}

/**
 * A name with several signatures (overload set): the first form whose parameter types fit the arguments known at the call is taken; as
 * a bare value, the first one. Forms are names of members of the same module.
 */
export interface OverloadedMember {
  readonly forms: readonly string[];
  readonly doc?: string;
}

/**
 * A polymorphic name that is implemented per type of one of its type variables (`List.sum` on int and float). `type` states the
 * polymorphic type; `variants` names the member of the same module for each type that the variable `variable` may be.
 */
export interface VariantMember {
  readonly type: string;
  readonly variable: string;
  readonly variants: Readonly<Partial<Record<VariantKind, string>>>;
  /**
   * Static members, operators among them, that a declared type needs to be one of the types of `other`: that variant is given them,
   * in this order, before its own arguments. An operator is given as a function of a pair.
   */
  readonly statics?: readonly string[];
  readonly doc?: string;
}
/** Types that an implementation can be for: `any` is the dynamic type, `other` every type without an entry of its own. */
export type VariantKind = "int" | "float" | "string" | "char" | "bool" | "list" | "option" | "any" | "other";

/** What a name of a host module stands for; the property that a member has (`run`, `native`, `value`, `code`, `forms`, `variants`) tells its sort. */
export type HostMember =
  | HostFunctionMember
  | NativeMember
  | ConstantMember
  | BytecodeMember
  | OverloadedMember
  | VariantMember;

/** Functions and constants that programs reach as `Name.member`. The module named `""` holds core names, reached without a prefix. */
export interface HostModule {
  readonly name: string;
  readonly members: ReadonlyMap<string, HostMember>;
  /** How instructions on dynamic values are executed: only `dynamicValues` says so. */
  readonly dynamics?: DynamicValues;
}

/**
 * Declares a host module. Member names become names of the language.
 *
 * @example
 * const log = hostModule("Log", { info: { type: "string -> unit", capability: "logging", run: (_, text: string) => console.log(text) } });
 */
export function hostModule(name: string, members: Readonly<Record<string, HostMember>>): HostModule {
  return { name, members: new Map(Object.entries(members)) };
}

/** A member's parsed signature. */
export interface Signature {
  readonly type: TypeDescriptor;
  readonly arity: number;
}
