import type { Decision } from "./decision.js";
import { ALLOWED, denied } from "./decision.js";

/**
 * The one shape of all policies: nothing, everything, only these, all but these, or these less those (deny wins).
 *
 * @example
 * ```ts
 * const policy: AccessPolicy = { allow: ["/data"], deny: ["/data/secret"] };
 * ```
 */
export type AccessPolicy =
  | "deny"
  | "allow"
  | { readonly allow: readonly string[]; readonly deny?: readonly string[] }
  | { readonly deny: readonly string[] };

/** Decides by the policy's shape alone; what "covers" means is the caller's matter, and may be more for a denial than for a permission. */
export function decide(
  policy: AccessPolicy,
  covers: (entry: string) => boolean,
  denies: (entry: string) => boolean = covers,
): Decision {
  if (policy === "allow") return ALLOWED;
  if (policy === "deny") return denied("the policy allows nothing");
  const forbidden = policy.deny?.find(denies);
  if (forbidden !== undefined) return denied(`the policy denies ${forbidden}`);
  if ("allow" in policy && !policy.allow.some(covers)) return denied("the policy does not list it");
  return ALLOWED;
}

/** The same policy over rewritten entries, such as roots that were resolved through links. */
export function mapEntries(policy: AccessPolicy, rewrite: (entry: string) => string): AccessPolicy {
  if (typeof policy === "string") return policy;
  if (!("allow" in policy)) return { deny: policy.deny.map(rewrite) };
  const allow = policy.allow.map(rewrite);
  return policy.deny === undefined ? { allow } : { allow, deny: policy.deny.map(rewrite) };
}
