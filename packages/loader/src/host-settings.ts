import { resolve } from "node:path";
import type { AuditLevel, HostProfile, Limits, SandboxPolicy } from "@fusabi/capabilities";
import {
  Capabilities,
  defineLimits,
  defineSandbox,
  findProfile,
  limits,
  sandboxPolicies,
  UnknownCapabilityError,
} from "@fusabi/capabilities";
import { ApiVersion, HOST_API_VERSION } from "@fusabi/manifest";
import { type NodeLibraryOptions, nodeLibrary } from "@fusabi/stdlib/node";
import type { HostModule } from "@fusabi/vm";
import type { LoaderOptions } from "./loader-options.js";
import { ScriptCompiler } from "./script-compiler.js";

/** The options of a loader, checked and complete. */
export interface HostSettings {
  readonly granted: Capabilities;
  /** Undefined if the host has none. */
  readonly profile: HostProfile | undefined;
  readonly auditLevel: AuditLevel;
  readonly dryRun: boolean;
  readonly limits: Limits;
  readonly sandbox: SandboxPolicy;
  readonly hostModules: readonly HostModule[];
  readonly apiVersion: ApiVersion;
  readonly basePath: string | undefined;
  readonly autoStart: boolean;
  readonly strictValidation: boolean;
  readonly mode: "strict" | "lenient";
  /** For programs that run texts; undefined where they may not, or the host brings its own. */
  readonly scripts: ScriptCompiler | undefined;
}

/** Throws what the definitions of capabilities, limits, policies and profiles throw. */
export function hostSettings(options: LoaderOptions): HostSettings {
  const profile = typeof options.profile === "string" ? findProfile(options.profile) : options.profile;
  const { hostModules = [], hostApiVersion = HOST_API_VERSION } = options;
  checkCapabilityNames(hostModules);
  const { mode = "strict" } = options;
  const scripts =
    options.scriptEval === true && options.library?.script === undefined
      ? new ScriptCompiler(mode)
      : undefined;
  const library = nodeLibrary(libraryOptions(options, scripts, () => modules));
  const modules = hostModules.length === 0 ? library : [...library, ...hostModules];
  return {
    granted: grantedBy(options.capabilities, profile),
    profile,
    auditLevel: options.auditLevel ?? profile?.audit ?? "every",
    dryRun: options.dryRun ?? profile?.dryRun ?? false,
    limits: defineLimits(options.limits ?? {}, profile?.limits ?? limits.default),
    sandbox: sandboxOf(options, profile),
    hostModules: modules,
    apiVersion: typeof hostApiVersion === "string" ? ApiVersion.parse(hostApiVersion) : hostApiVersion,
    basePath: options.basePath,
    autoStart: options.autoStart ?? true,
    strictValidation: options.strictValidation ?? true,
    mode,
    scripts,
  };
}

/** What a text may call is what a plugin may call; `modules` gives it when that is known. */
function libraryOptions(
  { library }: LoaderOptions,
  scripts: ScriptCompiler | undefined,
  modules: () => readonly HostModule[],
): NodeLibraryOptions | undefined {
  if (scripts === undefined) return library;
  const script = { compile: (text: string) => scripts.compile(text, modules()), imports: modules };
  return { ...library, script };
}

function grantedBy(
  capabilities: Capabilities | readonly string[] = [],
  profile: HostProfile | undefined,
): Capabilities {
  if (capabilities instanceof Capabilities) return capabilities;
  return (profile?.capabilities ?? Capabilities.safeDefaults()).with(...capabilities);
}

function sandboxOf({ sandbox = {} }: LoaderOptions, profile: HostProfile | undefined): SandboxPolicy {
  const policy = defineSandbox(sandbox, profile?.sandbox ?? sandboxPolicies.default);
  // The host means its own current folder, also if that changes later.
  return policy.workingDir === undefined ? policy : { ...policy, workingDir: resolve(policy.workingDir) };
}

/** A misspelt capability would guard nothing that a host can grant. */
function checkCapabilityNames(hostModules: readonly HostModule[]): void {
  for (const { members } of hostModules) {
    for (const member of members.values()) {
      if (!("capability" in member) || member.capability === undefined) continue;
      const [canonical] = Capabilities.of(member.capability).names();
      if (canonical !== member.capability) throw new UnknownCapabilityError(member.capability);
    }
  }
}
