import type { AccessPolicy } from "./access-policy.js";
import { InvalidPolicyError } from "./errors.js";
import type { NamePolicy } from "./name-policy.js";
import type { NetPolicy } from "./net-policy.js";
import { parseHostPattern } from "./net-policy.js";
import type { PathPolicy } from "./path-policy.js";
import { printable } from "./printable.js";
import { nearestWord } from "./suggestion.js";

/**
 * To what the granted capabilities apply. A capability says whether, a policy says to what; both must agree.
 *
 * @example
 * ```ts
 * const policy = defineSandbox({ read: { allow: ["/var/log"] } }); // everything else stays denied
 * ```
 */
export interface SandboxPolicy {
  /** Guards `fs:read` and `fs:metadata`. */
  readonly read: PathPolicy;
  /** Guards `fs:write` and `fs:delete`. */
  readonly write: PathPolicy;
  /** Guards `net:request` and `net:dns`. */
  readonly net: NetPolicy;
  /** Guards `net:listen`. */
  readonly listen: NetPolicy;
  /** Guards `env:read` and `env:write`. */
  readonly env: NamePolicy;
  /** Guards `process:exec`. */
  readonly commands: NamePolicy;
  /** Where relative paths start. Unset: the plugin's own folder. */
  readonly workingDir?: string;
  /** The folder that the plugin gets as its temporary folder: readable and writable whatever `read` and `write` say. */
  readonly tempDir?: string;
  /** Whether each plugin gets a fresh temporary folder as its `tempDir`, removed with the plugin. Default false. */
  readonly isolateTemp?: boolean;
}

const CLOSED: SandboxPolicy = Object.freeze({
  read: "deny",
  write: "deny",
  net: "deny",
  listen: "deny",
  env: "deny",
  commands: "deny",
});

const LOCKED: SandboxPolicy = Object.freeze({ ...CLOSED, isolateTemp: true });

const OPEN: SandboxPolicy = Object.freeze({
  read: "allow",
  write: "allow",
  net: "allow",
  listen: "allow",
  env: "allow",
  commands: "allow",
});

/**
 * The ready-made policies: `default` and `locked` deny everything, `permissive` allows everything. A plugin under
 * `locked` has a temporary folder of its own, for what grants let it do there.
 *
 * @example
 * ```ts
 * sandboxPolicies.default.read; // "deny"
 * ```
 */
export const sandboxPolicies: {
  readonly default: SandboxPolicy;
  readonly locked: SandboxPolicy;
  readonly permissive: SandboxPolicy;
} = Object.freeze({ default: CLOSED, locked: LOCKED, permissive: OPEN });

const GUARDED = ["read", "write", "net", "listen", "env", "commands"] as const;
const FOLDERS = ["workingDir", "tempDir"] as const;

/**
 * A full policy from parts of one; the rest comes from `base`. Throws {@link InvalidPolicyError}, with the place, for a
 * wrong shape, an unknown key, an empty entry and a host pattern that could never match.
 *
 * @example
 * ```ts
 * defineSandbox({ net: { allow: ["*.example.com"] }, env: { allow: ["LANG"] } });
 * ```
 */
export function defineSandbox(
  some: Partial<SandboxPolicy>,
  base: SandboxPolicy = sandboxPolicies.default,
): SandboxPolicy {
  for (const key of Object.keys(some)) {
    const known = [...GUARDED, ...FOLDERS, "isolateTemp"];
    if (!(known as string[]).includes(key)) {
      const suggestion = nearestWord(key, known);
      throw new InvalidPolicyError(
        printable(key),
        `no such policy${suggestion === undefined ? "" : `; did you mean ${suggestion}?`}`,
      );
    }
  }
  const policies: Record<string, unknown> = {};
  for (const key of GUARDED) policies[key] = checkPolicy(key, some[key] ?? base[key]);
  for (const key of FOLDERS) {
    const folder: unknown = some[key] ?? base[key];
    if (folder === undefined) continue;
    checkEntry(key, folder);
    policies[key] = folder;
  }
  const isolateTemp: unknown = some.isolateTemp ?? base.isolateTemp;
  if (isolateTemp !== undefined) {
    if (typeof isolateTemp !== "boolean")
      throw new InvalidPolicyError("isolateTemp", "expected true or false");
    policies["isolateTemp"] = isolateTemp;
  }
  return Object.freeze(policies) as unknown as SandboxPolicy;
}

function checkPolicy(place: (typeof GUARDED)[number], value: unknown): AccessPolicy {
  if (value === "deny" || value === "allow") return value;
  const lists = value !== null && typeof value === "object" ? Object.entries(value) : [];
  if (
    lists.length === 0 ||
    lists.some(([key, list]) => !/^(allow|deny)$/.test(key) || !Array.isArray(list))
  ) {
    throw new InvalidPolicyError(
      place,
      'expected "deny", "allow", { allow: [...] }, { deny: [...] } or both lists',
    );
  }
  const copy: Record<string, readonly string[]> = {};
  for (const [key, list] of lists as [string, unknown[]][]) {
    copy[key] = Object.freeze(list.map((entry, index) => checkEntry(`${place}.${key}[${index}]`, entry)));
    if (place === "net" || place === "listen") for (const entry of copy[key]) parseHostPattern(entry);
  }
  return Object.freeze(copy) as unknown as AccessPolicy;
}

function checkEntry(place: string, entry: unknown): string {
  if (typeof entry !== "string" || entry === "" || entry.includes("\0")) {
    throw new InvalidPolicyError(place, "expected a text that is not empty and holds no NUL character");
  }
  return entry;
}
