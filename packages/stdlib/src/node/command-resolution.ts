/** Which file a command is, and whether the policy lets it run. */
import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { delimiter, join, sep } from "node:path";
import { decideName, type NamePolicy, type SandboxPolicy, SandboxViolationError } from "@fusabi/capabilities";
import type { NativeContext } from "@fusabi/vm";
import { resolveFile } from "./path-resolution.js";
import { policyOf, workingDirOf } from "./sandbox.js";
import { hasCode } from "./system-words.js";

/** A command policy with its entries as files: those of the search path as it is when the policy is met first. */
const resolved = new WeakMap<SandboxPolicy, NamePolicy>();
const windows = process.platform === "win32";

/** The file that a command means: on the search path if it has no slash, else from the working directory. Undefined when there is none. */
function fileOf(command: string, workingDir: string): string | undefined {
  if (command === "" || command.includes("\0")) return undefined;
  if (command.includes("/") || (windows && command.includes("\\"))) return resolveFile(workingDir, command);
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    // An empty entry means the working directory, where a program may have put a file of that name.
    if (folder === "") continue;
    for (const extension of windows ? ["", ".exe", ".com"] : [""]) {
      const file = join(folder, command + extension);
      if (isExecutable(file)) return resolveFile(workingDir, file);
    }
  }
  return undefined;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch (error) {
    if (hasCode(error, "ENOENT", "ENOTDIR", "EACCES", "ELOOP", "ENAMETOOLONG", "EINVAL", "EPERM"))
      return false;
    throw error;
  }
}

/** The file behind all links; the file itself when it leads nowhere. */
function realFile(file: string): string {
  try {
    return realpathSync.native(file);
  } catch (error) {
    if (hasCode(error, "ENOENT", "ENOTDIR", "EACCES", "ELOOP", "ENAMETOOLONG")) return file;
    throw error;
  }
}

function resolvedPolicy(context: NativeContext): NamePolicy {
  const policy = policyOf(context);
  let commands = resolved.get(policy);
  if (commands === undefined) {
    commands = resolvePolicy(policy.commands, workingDirOf(context));
    resolved.set(policy, commands);
  }
  return commands;
}

function resolvePolicy(policy: NamePolicy, workingDir: string): NamePolicy {
  if (typeof policy === "string") return policy;
  // One that is not there allows nothing; should it come to be, it is not what the host meant.
  const files = (entries: readonly string[]): string[] =>
    entries.map((entry) => fileOf(entry, workingDir) ?? `${entry}${sep}`);
  // What is denied is denied under each of its names.
  const deny =
    "deny" in policy ? policy.deny?.flatMap((entry) => withRealFile(fileOf(entry, workingDir))) : undefined;
  const allow = "allow" in policy ? files(policy.allow) : undefined;
  if (allow === undefined) return { deny: deny ?? [] };
  return deny === undefined ? { allow } : { allow, deny };
}

function withRealFile(file: string | undefined): readonly string[] {
  return file === undefined ? [] : [file, realFile(file)];
}

/** The policy's denials alone. */
function denials(policy: NamePolicy): NamePolicy {
  if (typeof policy === "string") return policy === "deny" ? "deny" : "allow";
  return "deny" in policy && policy.deny !== undefined ? { deny: policy.deny } : "allow";
}

/**
 * The file of a command that the policy allows; else raises the violation. Undefined when the policy would allow the command and there is none of that name. Either way there is an audit
 * record.
 */
export function authoriseCommand(
  context: NativeContext,
  operation: string,
  command: string,
): string | undefined {
  const policy = resolvedPolicy(context);
  const file = fileOf(command, workingDirOf(context));
  const target = file ?? command;
  const named = decideName(policy, target, { ignoreCase: windows });
  // A link under an innocent name does not open what is denied.
  const decision = named.allowed
    ? decideName(denials(policy), realFile(target), { ignoreCase: windows })
    : named;
  const capability = "process:exec";
  if (!decision.allowed) {
    context.audit({ capability, operation, target, decision: "denied", reason: decision.reason });
    const error = new SandboxViolationError("command", command, decision.reason);
    throw context.fail(error.code, error.message, error);
  }
  context.audit({ capability, operation, target, decision: "allowed" });
  return file;
}
