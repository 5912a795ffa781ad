/**
 * A policy's answer, with the reason for a no, as the audit record keeps it.
 *
 * @example
 * ```ts
 * const decision = decideName("deny", "HOME");
 * if (!decision.allowed) throw new SandboxViolationError("environment", "HOME", decision.reason);
 * ```
 */
export type Decision = { readonly allowed: true } | { readonly allowed: false; readonly reason: string };

export const ALLOWED: Decision = Object.freeze({ allowed: true });

export function denied(reason: string): Decision {
  return { allowed: false, reason };
}
