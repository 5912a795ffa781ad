import { resolve } from "node:path";
import {
  Capabilities,
  type CapabilityName,
  expandCapability,
  findProfile,
  type HostProfile,
  type Limits,
  limits,
  type PathPolicy,
  type SandboxPolicy,
  sandboxPolicies,
  UnknownCapabilityError,
  UnknownProfileError,
} from "@fusabi/capabilities";
import { UsageError } from "./errors.js";

/** What the command line grants to a program. */
export interface Grant {
  readonly capabilities: Capabilities;
  readonly sandbox: SandboxPolicy;
  /** The limits that come with the profile, or the default ones. */
  readonly limits: Limits;
}

/** The flags that grant something. */
export const permissionFlags = {
  profile: {
    type: "string",
    group: "Permissions",
    valueHint: "NAME",
    description: "grant what a host profile grants",
  },
  grant: {
    type: "string",
    group: "Permissions",
    valueHint: "CAP",
    repeatable: true,
    description: "grant a capability by name, such as net:dns",
  },
  "allow-read": {
    type: "string",
    group: "Permissions",
    valueHint: "PATH",
    repeatable: true,
    description: "let it read and list what is at and below PATH",
  },
  "allow-write": {
    type: "string",
    group: "Permissions",
    valueHint: "PATH",
    repeatable: true,
    description: "let it write what is at and below PATH",
  },
  "allow-net": {
    type: "string",
    group: "Permissions",
    valueHint: "HOST",
    repeatable: true,
    description: "let it send requests to HOST, such as *.example.com or example.com:8443",
  },
  "allow-env": {
    type: "string",
    group: "Permissions",
    valueHint: "NAME",
    repeatable: true,
    description: "let it read the environment variable NAME",
  },
  "allow-run": {
    type: "string",
    group: "Permissions",
    valueHint: "CMD",
    repeatable: true,
    description: "let it start the command CMD",
  },
} as const;

/** The flag that grants a capability: one that also names what it is for, where there is one. */
export function flagGranting(capability: string): string {
  return OPENING.get(capability) ?? `--grant ${capability}`;
}

const OPENING: ReadonlyMap<string, string> = new Map([
  ["fs:read", "--allow-read PATH"],
  ["fs:metadata", "--allow-read PATH"],
  ["fs:write", "--allow-write PATH"],
  ["net:request", "--allow-net HOST"],
  ["env:read", "--allow-env NAME"],
  ["process:exec", "--allow-run CMD"],
]);

/** The values of a flag that may be repeated. */
type ValuesOf = (flag: keyof typeof permissionFlags) => readonly string[];

/**
 * The grant that the flags describe: the safe defaults, or the profile's set, and what the other flags add. Paths count from
 * the working directory of `fus`, whatever that of the program is.
 *
 * @throws UsageError for an unknown profile or capability and for an empty value
 */
export function grantFrom(profileName: string | undefined, valuesOf: ValuesOf): Grant {
  const profile = profileName === undefined ? SAFE : profileCalled(profileName);
  const [read, write] = [paths(valuesOf, "allow-read"), paths(valuesOf, "allow-write")];
  const [net, env, commands] = [
    values(valuesOf, "allow-net"),
    values(valuesOf, "allow-env"),
    values(valuesOf, "allow-run"),
  ];
  const opened: readonly CapabilityName[] = [
    ...(read.length > 0 ? (["fs:read", "fs:metadata"] as const) : []),
    ...(write.length > 0 ? (["fs:write"] as const) : []),
    ...(net.length > 0 ? (["net:request"] as const) : []),
    ...(env.length > 0 ? (["env:read"] as const) : []),
    ...(commands.length > 0 ? (["process:exec"] as const) : []),
  ];
  const { sandbox } = profile;
  return {
    capabilities: profile.capabilities.with(
      ...values(valuesOf, "grant").flatMap(capabilitiesCalled),
      ...opened,
    ),
    sandbox: {
      ...sandbox,
      read: opening(sandbox.read, read),
      write: opening(sandbox.write, write),
      net: opening(sandbox.net, net),
      env: opening(sandbox.env, env),
      commands: opening(sandbox.commands, commands),
    },
    limits: profile.limits,
  };
}

const SAFE: Pick<HostProfile, "capabilities" | "limits" | "sandbox"> = {
  capabilities: Capabilities.safeDefaults(),
  limits: limits.default,
  sandbox: sandboxPolicies.default,
};

function profileCalled(name: string): HostProfile {
  try {
    return findProfile(name);
  } catch (error) {
    if (error instanceof UnknownProfileError)
      throw new UsageError(error.message, undefined, { cause: error });
    throw error;
  }
}

function capabilitiesCalled(name: string): readonly CapabilityName[] {
  const names = expandCapability(name);
  if (names.length > 0) return names;
  const cause = new UnknownCapabilityError(name);
  throw new UsageError(cause.message, "fus inspect shows what a file needs", { cause });
}

function values(valuesOf: ValuesOf, flag: keyof typeof permissionFlags): readonly string[] {
  const given = valuesOf(flag);
  if (given.some((value) => value.trim() === "")) {
    throw new UsageError(`--${flag} needs a value: --${flag} ${permissionFlags[flag].valueHint}`);
  }
  return given;
}

function paths(valuesOf: ValuesOf, flag: "allow-read" | "allow-write"): readonly string[] {
  return values(valuesOf, flag).map((path) => resolve(path));
}

/** The policy with further entries; all six policies have one shape. */
function opening(policy: PathPolicy, entries: readonly string[]): PathPolicy {
  if (entries.length === 0 || policy === "allow") return policy;
  if (policy === "deny") return { allow: entries };
  if (!("allow" in policy)) return policy;
  return { ...policy, allow: [...policy.allow, ...entries] };
}
