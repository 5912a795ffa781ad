import type { AccessPolicy } from "./access-policy.js";
import { decide } from "./access-policy.js";
import type { Decision } from "./decision.js";
import { denied } from "./decision.js";

/**
 * Which environment variables, or which commands. Names are exact. An entry of a command policy without a slash is the
 * command as the search path finds it when the policy is made, one with a slash is that very file: whoever starts
 * programs resolves both sides to files first.
 *
 * @example
 * ```ts
 * const policy: NamePolicy = { allow: ["HOME", "LANG"] };
 * ```
 */
export type NamePolicy = AccessPolicy;

/**
 * Decides over a name. `ignoreCase` is for the variables of Windows.
 *
 * @example
 * ```ts
 * decideName({ allow: ["HOME"] }, "PATH").allowed; // false
 * ```
 */
export function decideName(
  policy: NamePolicy,
  name: string,
  { ignoreCase = false }: { readonly ignoreCase?: boolean } = {},
): Decision {
  if (name.includes("\0")) return denied("a name cannot hold a NUL character");
  const fold = (text: string): string => (ignoreCase ? text.toUpperCase() : text);
  const wanted = fold(name);
  return decide(policy, (entry) => fold(entry) === wanted);
}
