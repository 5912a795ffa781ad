import type { CapabilityName } from "./names.js";
import { capabilityAliases, capabilityNames } from "./names.js";
import { printable } from "./printable.js";
import { nearestWord } from "./suggestion.js";

/**
 * A name that is neither a capability nor an alias of one.
 *
 * @example
 * ```ts
 * try { Capabilities.of("fs:raed"); }
 * catch (error) { error.code; /* "UNKNOWN_CAPABILITY" *\/ error.suggestion; /* "fs:read" *\/ }
 * ```
 */
export class UnknownCapabilityError extends Error {
  override readonly name = "UnknownCapabilityError";
  readonly code = "UNKNOWN_CAPABILITY";
  /** The name as it was given. */
  readonly capability: string;
  /** The nearest known name or alias. */
  readonly suggestion: string | undefined;

  constructor(capability: string) {
    const suggestion = nearestWord(capability, [...capabilityNames, ...capabilityAliases.keys()]);
    const hint = suggestion === undefined ? "" : ` (did you mean ${suggestion}?)`;
    super(`unknown capability: ${printable(capability)}${hint}`);
    this.capability = capability;
    this.suggestion = suggestion;
  }
}

/**
 * A capability that is needed now and not granted. Its code is the one under which a script sees it.
 *
 * @example
 * ```ts
 * Capabilities.none().require("fs:read"); // throws: capability denied: fs:read
 * ```
 */
export class CapabilityDeniedError extends Error {
  override readonly name = "CapabilityDeniedError";
  readonly code = "FUS0520";
  readonly capability: CapabilityName;

  constructor(capability: CapabilityName) {
    super(`capability denied: ${capability}`);
    this.capability = capability;
  }
}

/** What a sandbox policy guards: the word that a violation is worded with. */
export type GuardedAccess = "read" | "write" | "network" | "environment" | "command";

const DENIAL_TEXT: Readonly<Record<GuardedAccess, string>> = {
  read: "read access denied",
  write: "write access denied",
  network: "network access denied",
  environment: "environment variable access denied",
  command: "command not allowed",
};

/**
 * A capability is granted, but the policy does not cover the argument: a path, a host, a variable, a command. Its code
 * is the one under which a script sees it.
 *
 * @example
 * ```ts
 * new SandboxViolationError("read", "/etc/passwd").message;
 * // "sandbox violation: read access denied: /etc/passwd"
 * ```
 */
export class SandboxViolationError extends Error {
  override readonly name = "SandboxViolationError";
  readonly code = "FUS0521";
  readonly access: GuardedAccess;
  /** The path, host, variable or command as it was checked. */
  readonly target: string;
  /** Why the policy says no, for the audit record. */
  readonly reason: string | undefined;

  constructor(access: GuardedAccess, target: string, reason?: string) {
    super(`sandbox violation: ${DENIAL_TEXT[access]}: ${printable(target)}`);
    this.access = access;
    this.target = target;
    this.reason = reason;
  }
}

/**
 * A policy that says nothing checkable: a wrong shape, an empty root, a host pattern that no host can match.
 *
 * @example
 * ```ts
 * defineSandbox({ net: { allow: ["https://example.com"] } }); // throws
 * ```
 */
export class InvalidPolicyError extends Error {
  override readonly name = "InvalidPolicyError";
  readonly code = "INVALID_POLICY";
  /** Where in the policy, such as `net.allow[0]`. */
  readonly place: string;

  constructor(place: string, problem: string) {
    super(`invalid sandbox policy: ${place}: ${problem}`);
    this.place = place;
  }
}

/**
 * A limit that is not a whole number of at least 0 (or `null` for unlimited), or that no such limit exists.
 *
 * @example
 * ```ts
 * defineLimits({ timeoutMs: -1 }); // throws
 * ```
 */
export class InvalidLimitError extends Error {
  override readonly name = "InvalidLimitError";
  readonly code = "INVALID_LIMIT";
  readonly limit: string;

  constructor(limit: string, problem: string) {
    super(`invalid limit ${printable(limit)}: ${problem}`);
    this.limit = limit;
  }
}

/**
 * A host profile name that no profile has.
 *
 * @example
 * ```ts
 * findProfile("terminl"); // throws: unknown profile: terminl (did you mean terminal?)
 * ```
 */
export class UnknownProfileError extends Error {
  override readonly name = "UnknownProfileError";
  readonly code = "UNKNOWN_PROFILE";
  readonly profile: string;
  readonly suggestion: string | undefined;

  constructor(profile: string, known: Iterable<string>) {
    const suggestion = nearestWord(profile, known);
    const hint = suggestion === undefined ? "" : ` (did you mean ${suggestion}?)`;
    super(`unknown profile: ${printable(profile)}${hint}`);
    this.profile = profile;
    this.suggestion = suggestion;
  }
}
