import type { Limits } from "./limits.js";
import type { SandboxPolicy } from "./sandbox-policy.js";

/** How much harm a capability can do. */
export type Risk = "low" | "medium" | "high";

/** What the catalogue knows about one capability. */
export interface CapabilityInfo {
  readonly name: CapabilityName;
  /** What it allows, as a phrase that continues "may …". */
  readonly summary: string;
  readonly risk: Risk;
  /** A host should have a person confirm it. */
  readonly dangerous: boolean;
  /** Declared by every plugin without saying so, and granted by a host that says nothing else. */
  readonly safeDefault: boolean;
  /** What it allows changes something outside the plugin and its output: such functions are rehearsed in a dry run. */
  readonly changesOutside: boolean;
  /** The policy that decides to what it applies. */
  readonly policy: GuardingPolicy | undefined;
  /** The limits that its uses count against, beside fuel and the wall clock. */
  readonly limits: readonly (keyof Limits)[];
}

/** The parts of a sandbox policy that decide over uses of a capability. */
export type GuardingPolicy = Exclude<keyof SandboxPolicy, "workingDir" | "tempDir" | "isolateTemp">;

/** One of the 24 canonical capability names, `area:action` or a bare word. */
export type CapabilityName =
  | "fs:read"
  | "fs:write"
  | "fs:delete"
  | "fs:metadata"
  | "net:request"
  | "net:listen"
  | "net:dns"
  | "process:exec"
  | "env:read"
  | "env:write"
  | "time:read"
  | "random"
  | "stdin:read"
  | "stdout:write"
  | "stderr:write"
  | "terminal:read"
  | "terminal:control"
  | "metrics"
  | "logging"
  | "async:spawn"
  | "crypto"
  | "serialize"
  | "plugin:call"
  | "plugin:message";

interface CatalogueRow {
  readonly summary: string;
  readonly risk: Risk;
  readonly dangerous?: true;
  readonly safeDefault?: true;
  readonly changesOutside?: true;
  readonly policy?: GuardingPolicy;
  readonly limits?: readonly (keyof Limits)[];
}

const CATALOGUE: Readonly<Record<CapabilityName, CatalogueRow>> = {
  "fs:read": {
    summary: "read files and list directories",
    risk: "low",
    policy: "read",
    limits: ["maxFsOps", "maxFileBytes", "memoryBytes"],
  },
  "fs:write": {
    summary: "create and change files and directories",
    risk: "high",
    dangerous: true,
    changesOutside: true,
    policy: "write",
    limits: ["maxFsOps", "maxFileBytes"],
  },
  "fs:delete": {
    summary: "remove files and directories",
    risk: "high",
    dangerous: true,
    changesOutside: true,
    policy: "write",
    limits: ["maxFsOps"],
  },
  "fs:metadata": {
    summary: "see whether files exist, their sizes and times, and the working directory",
    risk: "low",
    policy: "read",
    limits: ["maxFsOps"],
  },
  "net:request": {
    summary: "send http and https requests",
    risk: "medium",
    changesOutside: true,
    policy: "net",
    limits: ["maxNetOps", "maxConnections", "memoryBytes"],
  },
  "net:listen": {
    summary: "accept network connections",
    risk: "high",
    dangerous: true,
    changesOutside: true,
    policy: "listen",
    limits: ["maxNetOps"],
  },
  "net:dns": {
    summary: "resolve host names",
    risk: "low",
    changesOutside: true,
    policy: "net",
    limits: ["maxNetOps"],
  },
  "process:exec": {
    summary: "start programs",
    risk: "high",
    dangerous: true,
    changesOutside: true,
    policy: "commands",
    limits: ["maxProcesses", "memoryBytes"],
  },
  "env:read": { summary: "read environment variables", risk: "medium", policy: "env" },
  "env:write": {
    summary: "set environment variables for itself and its children",
    risk: "high",
    dangerous: true,
    policy: "env",
  },
  "time:read": { summary: "read the current time", risk: "low", safeDefault: true },
  random: { summary: "draw random numbers", risk: "low", safeDefault: true },
  "stdin:read": { summary: "read standard input", risk: "medium", limits: ["memoryBytes"] },
  "stdout:write": {
    summary: "write to standard output",
    risk: "low",
    safeDefault: true,
    limits: ["maxOutputBytes"],
  },
  "stderr:write": {
    summary: "write to standard error",
    risk: "low",
    safeDefault: true,
    limits: ["maxOutputBytes"],
  },
  "terminal:read": {
    summary: "read the host's terminal: scrollback, titles, size, the foreground process and its directory",
    risk: "medium",
    limits: ["memoryBytes"],
  },
  "terminal:control": {
    summary: "type into, split, open, close and rename panes and tabs, and show notices",
    risk: "high",
    dangerous: true,
    changesOutside: true,
    limits: ["maxOutputBytes"],
  },
  metrics: { summary: "record counters, gauges and histograms", risk: "low" },
  logging: { summary: "write to the host's log", risk: "low", safeDefault: true, limits: ["maxOutputBytes"] },
  "async:spawn": {
    summary: "run more than one thing at a time",
    risk: "medium",
    limits: ["maxConcurrentTasks"],
  },
  crypto: { summary: "compute digests and MACs and make random UUIDs", risk: "low" },
  serialize: {
    summary: "turn values into JSON text and back",
    risk: "low",
    safeDefault: true,
    limits: ["memoryBytes"],
  },
  "plugin:call": {
    summary: "call another plugin's exports or commands",
    risk: "medium",
    changesOutside: true,
    limits: ["timeoutMs"],
  },
  "plugin:message": {
    summary: "send messages to other plugins and receive theirs",
    risk: "low",
    changesOutside: true,
    limits: ["memoryBytes"],
  },
};

const ALIASES: ReadonlyMap<string, readonly CapabilityName[]> = new Map([
  ["sys:time", ["time:read"]],
  ["sys:env", ["env:read"]],
  ["sys:exec", ["process:exec"]],
  ["fs:execute", ["fs:delete", "fs:metadata"]],
]);

const INFO: ReadonlyMap<string, CapabilityInfo> = new Map(
  (Object.entries(CATALOGUE) as [CapabilityName, CatalogueRow][]).map(([name, row]) => [
    name,
    Object.freeze({
      name,
      summary: row.summary,
      risk: row.risk,
      dangerous: row.dangerous === true,
      safeDefault: row.safeDefault === true,
      changesOutside: row.changesOutside === true,
      policy: row.policy,
      limits: row.limits ?? [],
    }),
  ]),
);

/**
 * The 24 canonical names, sorted.
 *
 * @example
 * ```ts
 * capabilityNames.length; // 24
 * ```
 */
export const capabilityNames: readonly CapabilityName[] = Object.freeze(
  [...INFO.values()].map((info) => info.name).sort(),
);

/**
 * The other spellings that are read wherever a name is read; each stands for one or more canonical names.
 *
 * @example
 * ```ts
 * capabilityAliases.get("fs:execute"); // ["fs:delete", "fs:metadata"]
 * ```
 */
export const capabilityAliases: ReadonlyMap<string, readonly CapabilityName[]> = ALIASES;

/**
 * The canonical name for a name or an alias; `undefined` if it is neither, or if the alias (`fs:execute`) stands for
 * more than one capability: {@link expandCapability} answers for those. Names are case-sensitive.
 *
 * @example
 * ```ts
 * parseCapability("sys:time"); // "time:read"
 * parseCapability("FS:READ"); // undefined
 * ```
 */
export function parseCapability(name: string): CapabilityName | undefined {
  const info = INFO.get(name);
  if (info !== undefined) return info.name;
  const names = ALIASES.get(name);
  return names?.length === 1 ? names[0] : undefined;
}

/**
 * All canonical names that a name or an alias stands for; empty for an unknown one.
 *
 * @example
 * ```ts
 * expandCapability("fs:execute"); // ["fs:delete", "fs:metadata"]
 * ```
 */
export function expandCapability(name: string): readonly CapabilityName[] {
  const info = INFO.get(name);
  return info !== undefined ? [info.name] : (ALIASES.get(name) ?? []);
}

/**
 * What a capability allows and how dangerous it is.
 *
 * @example
 * ```ts
 * describeCapability("fs:write").risk; // "high"
 * ```
 */
export function describeCapability(name: CapabilityName): CapabilityInfo {
  const info = INFO.get(name);
  if (info === undefined) throw new TypeError(`not a canonical capability name: ${String(name)}`);
  return info;
}
