import type { HostMember, Signature } from "./host-module.js";
import { parseSignature } from "./signature.js";

/** Parsed signatures, kept with the declarations that they belong to. */
const parsed = new WeakMap<object, Signature>();

/**
 * The signature of a host member that has one; parsed once for each declaration.
 *
 * @throws SignatureError when the declaration's type cannot be read.
 * @example
 * signatureOf({ type: "string -> int", run: (_, text: string) => text.length }).arity; // 1
 */
export function signatureOf(member: Exclude<HostMember, { forms: readonly string[] }>): Signature {
  let signature = parsed.get(member);
  if (signature === undefined) {
    const written = parseSignature(member.type);
    signature = "arity" in member ? { type: written.type, arity: member.arity } : written;
    parsed.set(member, signature);
  }
  return signature;
}

export function arityOfMember(member: Exclude<HostMember, { forms: readonly string[] }>): number {
  return signatureOf(member).arity;
}
