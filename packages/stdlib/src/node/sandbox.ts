/** The path rules of a sandbox policy, with its roots resolved, and the decisions over single operations. */
import {
  absolutePath,
  type Decision,
  decideLooking,
  decidePath,
  type PathPolicy,
  type ResolvedPath,
  resolveParent,
  resolvePath,
  resolveRoots,
  type SandboxPolicy,
  SandboxViolationError,
  sandboxPolicies,
} from "@fusabi/capabilities";
import type { NativeContext } from "@fusabi/vm";
import { pathStyle, pathSystem, resolveRoot } from "./path-resolution.js";

export type FileAccess = "read" | "write";

/** What a script is about to do to a path. */
export interface FileOperation {
  /** Qualified name of the function, for the audit record. */
  readonly name: string;
  readonly capability: string;
  readonly access: FileAccess;
  /** A link at the end of the path is meant itself, not what it leads to. */
  readonly ofLink?: boolean;
  /** Everything below the path is touched, too. */
  readonly whole?: boolean;
}

/** A policy made ready to decide. */
interface ResolvedSandbox {
  readonly workingDir: string;
  readonly tempDir: string | undefined;
  readonly read: PathPolicy;
  readonly write: PathPolicy;
}

/** Policies are plain data that a host makes once and uses often; their roots are resolved when they are met first. */
const sandboxes = new WeakMap<SandboxPolicy, ResolvedSandbox>();

/** The policy that the host gave; without one, everything is denied. */
export function policyOf(context: NativeContext): SandboxPolicy {
  const given = context.sandbox;
  return typeof given === "object" && given !== null && "read" in given && "write" in given
    ? (given as SandboxPolicy)
    : sandboxPolicies.default;
}

function sandboxOf(context: NativeContext): ResolvedSandbox {
  const policy = policyOf(context);
  let sandbox = sandboxes.get(policy);
  if (sandbox === undefined) {
    sandbox = resolveSandbox(policy);
    sandboxes.set(policy, sandbox);
  }
  return sandbox;
}

function resolveSandbox(policy: SandboxPolicy): ResolvedSandbox {
  const workingDir = resolveRoot(process.cwd(), policy.workingDir ?? ".");
  const root = (path: string): string => resolveRoot(workingDir, path);
  return {
    workingDir,
    tempDir: policy.tempDir === undefined ? undefined : root(policy.tempDir),
    read: resolveRoots(policy.read, root),
    write: resolveRoots(policy.write, root),
  };
}

/** The working directory of the program, resolved. */
export function workingDirOf(context: NativeContext): string {
  return sandboxOf(context).workingDir;
}

/** The folder for the program's temporary files, resolved; undefined if it has none of its own. */
export function tempDirOf(context: NativeContext): string | undefined {
  return sandboxOf(context).tempDir;
}

/**
 * The resolved path, if the policy lets the operation have it; else raises the violation. Either way there is an audit record, and an allowed operation is
 * counted, `operations` times.
 */
export function authorise(
  context: NativeContext,
  operation: FileOperation,
  path: string,
  operations: number = 1,
): string {
  const sandbox = sandboxOf(context);
  const found = resolved(sandbox, operation, path);
  if ("refused" in found) throw violation(context, operation, path, path, found.refused);
  const target = found.path;
  const decision = decideAccess(sandbox, operation, target);
  if (!decision.allowed) throw violation(context, operation, path, target, decision.reason);
  context.count("fsOps", operations);
  context.audit({ capability: operation.capability, operation: operation.name, target, decision: "allowed" });
  return target;
}

/** Whether the policy covers a path that is resolved already; asks and records nothing. */
export function mayAccess(context: NativeContext, access: FileAccess, target: string): boolean {
  return decideAccess(sandboxOf(context), { access }, target).allowed;
}

/** The error for a path that led somewhere else when it was used. */
export function violation(
  context: NativeContext,
  operation: FileOperation,
  path: string,
  target: string,
  reason: string,
): Error {
  context.audit({
    capability: operation.capability,
    operation: operation.name,
    target,
    decision: "denied",
    reason,
  });
  const error = new SandboxViolationError(operation.access, path, reason);
  return context.fail(error.code, error.message, error);
}

/** Where a path leads. What the policy does not let the program look at is not looked at. */
function resolved(sandbox: ResolvedSandbox, operation: FileOperation, path: string): ResolvedPath {
  const { workingDir } = sandbox;
  const written = absolutePath(workingDir, path, pathStyle);
  if ("refused" in written) return written;
  const looking = decideLooking(sandbox[operation.access], written.path, pathStyle);
  if (!looking.allowed) return { refused: looking.reason };
  return (operation.ofLink === true ? resolveParent : resolvePath)(pathSystem, workingDir, written.path);
}

function decideAccess(
  sandbox: ResolvedSandbox,
  { access, whole = false }: Pick<FileOperation, "access" | "whole">,
  target: string,
): Decision {
  if (sandbox.tempDir !== undefined && decidePath({ allow: [sandbox.tempDir] }, target, pathStyle).allowed)
    return { allowed: true };
  const policy = sandbox[access];
  const decision = decidePath(policy, target, pathStyle);
  if (!decision.allowed || !whole || typeof policy === "string") return decision;
  const below = policy.deny?.find((root) => decidePath({ allow: [target] }, root, pathStyle).allowed);
  return below === undefined
    ? decision
    : { allowed: false, reason: `the policy denies ${below}, which is below` };
}
