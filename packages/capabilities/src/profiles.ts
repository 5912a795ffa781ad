import type { AuditLevel } from "./audit.js";
import { Capabilities } from "./capability-set.js";
import { UnknownProfileError } from "./errors.js";
import type { Limits } from "./limits.js";
import { defineLimits, limits } from "./limits.js";
import { printable } from "./printable.js";
import type { SandboxPolicy } from "./sandbox-policy.js";
import { defineSandbox, sandboxPolicies } from "./sandbox-policy.js";

/**
 * A named set of capabilities with limits and policies that suit it.
 *
 * @example
 * ```ts
 * const { capabilities, limits, sandbox } = profiles.terminal;
 * ```
 */
export interface HostProfile {
  readonly name: string;
  /** What a host with this profile grants. */
  readonly capabilities: Capabilities;
  readonly limits: Limits;
  readonly sandbox: SandboxPolicy;
  /** Which uses of capabilities leave an audit record. */
  readonly audit: AuditLevel;
  /** Whether what would change something outside is recorded instead of done. */
  readonly dryRun: boolean;
  /** What it is meant for, in a phrase. */
  readonly summary: string;
}

/** What {@link defineProfile} takes: names instead of a set, and only what differs from the defaults. */
export interface HostProfileDefinition {
  readonly name: string;
  readonly summary: string;
  readonly capabilities: Capabilities | readonly string[];
  readonly limits?: Partial<Limits>;
  readonly sandbox?: Partial<SandboxPolicy>;
  /** Default `every`. */
  readonly audit?: AuditLevel;
  /** Default false. */
  readonly dryRun?: boolean;
}

/**
 * A host profile of the host's own; what is not said comes from the default limits and the closed sandbox. Throws
 * `UnknownCapabilityError`, `InvalidLimitError`, `InvalidPolicyError`, and `TypeError` for a name that is no plain word.
 *
 * @example
 * ```ts
 * const reports = defineProfile({ name: "reports", summary: "read data, print reports",
 *   capabilities: ["fs:read", "stdout:write"], sandbox: { read: { allow: ["/srv/data"] } } });
 * ```
 */
export function defineProfile(profile: HostProfileDefinition): HostProfile {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(profile.name)) {
    throw new TypeError("a profile name is lower-case letters, digits and hyphens, such as web-service");
  }
  const { capabilities, audit = "every", dryRun = false } = profile;
  if (audit !== "every" && audit !== "privileged") {
    throw new TypeError(`an audit level is every or privileged, not ${printable(String(audit))}`);
  }
  return Object.freeze({
    name: profile.name,
    summary: profile.summary,
    capabilities: capabilities instanceof Capabilities ? capabilities : Capabilities.of(...capabilities),
    limits: defineLimits(profile.limits ?? {}),
    sandbox: defineSandbox(profile.sandbox ?? {}),
    audit,
    dryRun,
  });
}

const WORKING_FOLDER: Partial<SandboxPolicy> = { read: { allow: ["."] }, write: { allow: ["."] } };

/**
 * The seven profiles that come with the runtime. `terminal` and `dataProcessing` open the working directory; everything
 * else that a policy guards stays denied until the host names it. `orchestration`, `orchestrationConstrained` and
 * `testing` record every use of a capability; `testing` is a dry run.
 *
 * @example
 * ```ts
 * profiles.observability.capabilities.has("fs:write"); // false
 * ```
 */
export const profiles: {
  readonly terminal: HostProfile;
  readonly observability: HostProfile;
  readonly orchestration: HostProfile;
  readonly orchestrationConstrained: HostProfile;
  readonly dataProcessing: HostProfile;
  readonly webService: HostProfile;
  readonly testing: HostProfile;
} = Object.freeze({
  terminal: defineProfile({
    name: "terminal",
    summary: "command-line tools with a person watching",
    capabilities: Capabilities.safeDefaults().with(
      "fs:read",
      "fs:write",
      "fs:metadata",
      "net:request",
      "net:dns",
      "env:read",
      "stdin:read",
      "terminal:read",
      "terminal:control",
    ),
    sandbox: WORKING_FOLDER,
    audit: "privileged",
  }),
  observability: defineProfile({
    name: "observability",
    summary: "monitoring, mostly reading",
    capabilities: [
      "fs:read",
      "fs:metadata",
      "net:request",
      "net:dns",
      "time:read",
      "metrics",
      "logging",
      "serialize",
    ],
    limits: { timeoutMs: 5_000 },
    audit: "privileged",
  }),
  orchestration: defineProfile({
    name: "orchestration",
    summary: "automation with high privileges",
    capabilities: Capabilities.all(),
    limits: { timeoutMs: 300_000 },
  }),
  orchestrationConstrained: defineProfile({
    name: "orchestration-constrained",
    summary: "automation with high privileges, in production",
    capabilities: Capabilities.all().without(
      "env:write",
      "stdin:read",
      "terminal:read",
      "terminal:control",
      "crypto",
    ),
    limits: { maxFileBytes: 104_857_600, maxConnections: 50, maxProcesses: 10 },
  }),
  dataProcessing: defineProfile({
    name: "data-processing",
    summary: "file in, file out",
    capabilities: ["fs:read", "fs:write", "fs:metadata", "time:read", "logging", "serialize"],
    limits: { maxFsOps: 10_000 },
    sandbox: WORKING_FOLDER,
    audit: "privileged",
  }),
  webService: defineProfile({
    name: "web-service",
    summary: "serving requests",
    capabilities: Capabilities.safeDefaults().with(
      "fs:read",
      "fs:metadata",
      "net:request",
      "net:listen",
      "net:dns",
      "env:read",
      "metrics",
      "async:spawn",
      "crypto",
    ),
    limits: { maxNetOps: 1_000 },
    audit: "privileged",
  }),
  testing: defineProfile({
    name: "testing",
    summary: "trying plugins out",
    capabilities: Capabilities.all(),
    dryRun: true,
  }),
});

/**
 * The profile with a name, among the seven and those of the host. Throws {@link UnknownProfileError}.
 *
 * @example
 * ```ts
 * findProfile("web-service").summary; // "serving requests"
 * ```
 */
export function findProfile(name: string, own: readonly HostProfile[] = []): HostProfile {
  const known = [...own, ...Object.values(profiles)];
  const found = known.find((profile) => profile.name === name);
  if (found === undefined) {
    throw new UnknownProfileError(
      name,
      known.map((profile) => profile.name),
    );
  }
  return found;
}

/**
 * The three ready-made settings of an engine: in general, for untrusted code, for trusted code.
 *
 * @example
 * ```ts
 * enginePresets.strict.capabilities.size; // 0
 * ```
 */
export const enginePresets: {
  readonly default: EnginePreset;
  readonly strict: EnginePreset;
  readonly permissive: EnginePreset;
} = Object.freeze({
  default: {
    capabilities: Capabilities.safeDefaults(),
    limits: limits.default,
    sandbox: sandboxPolicies.default,
  },
  strict: { capabilities: Capabilities.none(), limits: limits.strict, sandbox: sandboxPolicies.locked },
  permissive: {
    capabilities: Capabilities.all(),
    limits: limits.unlimited,
    sandbox: sandboxPolicies.permissive,
  },
});

/** Capabilities, limits and policies together. */
export type EnginePreset = Pick<HostProfile, "capabilities" | "limits" | "sandbox">;
