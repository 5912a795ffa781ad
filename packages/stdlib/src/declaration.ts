import type {
  ConstantMember,
  HostMember,
  HostMode,
  NativeContext,
  NativeMember,
  OverloadedMember,
  Value,
  VariantKind,
  VariantMember,
} from "@fusabi/vm";
import { holdingArguments } from "./argument-kinds.js";

/** An int of the language: a bigint outside the safe range, and only there. */
export type Int = number | bigint;

/** What a call needs beside its arguments. */
export interface Access {
  readonly capability?: string;
  /** Further capabilities that every call needs, and that it asks for itself. */
  readonly alsoNeeds?: readonly string[];
  /** Functions that it is given are kept, and may be called during later calls. */
  readonly keepsFunctions?: boolean;
  readonly mode?: HostMode;
  /** Number of arguments, when the result is itself a function. */
  readonly arity?: number;
  /** Runs in its place in a rehearsal: checks, counts and audits as it does, answers as if it had been done, and changes nothing. */
  readonly rehearse?: (context: NativeContext, ...args: never[]) => Value | Promise<Value>;
}

/** A library function over Fusabi values. */
export function native(
  type: string,
  doc: string,
  run: (context: NativeContext, ...args: never[]) => Value | Promise<Value>,
  access: Access = {},
): NativeMember {
  return declared({ type, doc, native: run, ...access });
}

/** A form or variant of another member, which programs reach only through that. */
export function hidden(type: string, run: (context: NativeContext, ...args: never[]) => Value): NativeMember {
  return { type, native: run, hidden: true };
}

/** The same of a member that is written in the language. */
export function hiddenForm(member: HostMember): HostMember {
  return { ...member, hidden: true } as HostMember;
}

/** A helper of the prelude, which no program sees and which needs no words. */
export function internal(
  type: string,
  run: (context: NativeContext, ...args: never[]) => Value | Promise<Value>,
  access: Access = {},
): NativeMember {
  return declared({ type, native: run, ...access });
}

function declared(member: NativeMember): NativeMember {
  return member.capability === undefined ? member : holdingArguments(member);
}

/** A constant that may also be written as a call with unit. */
export function constant(type: string, doc: string, value: Value): ConstantMember {
  return { type, doc, value, unitCallable: true };
}

/** A name with several signatures; the first is what the bare name means. */
export function overloaded(doc: string, ...forms: readonly string[]): OverloadedMember {
  return { forms, doc };
}

/** A name that is implemented per type of the variable `'n`. */
export function variants(
  type: string,
  doc: string,
  members: Readonly<Partial<Record<VariantKind, string>>>,
): VariantMember {
  return { type, variable: "n", variants: members, doc };
}

/** Numbers, and declared types with (+) and Zero, which the variant `other` is given. */
export function summing(
  type: string,
  doc: string,
  members: Readonly<Partial<Record<VariantKind, string>>>,
): VariantMember {
  return { ...variants(type, doc, members), statics: ["+", "Zero"] };
}

/** Floats, and declared types with (+), Zero and DivideByInt, which the variant `other` is given. */
export function averaging(
  type: string,
  doc: string,
  members: Readonly<Partial<Record<VariantKind, string>>>,
): VariantMember {
  return { ...variants(type, doc, members), statics: ["+", "Zero", "DivideByInt"] };
}
