/** Environment variables, as far as the policy shows them, and the working directory: the module `Env`, and the functions of `Process` that are the same. */
import { decideName, SandboxViolationError } from "@fusabi/capabilities";
import { type HostMember, type HostModule, hostModule, type NativeContext } from "@fusabi/vm";
import { allocateString } from "../allocation.js";
import { native } from "../declaration.js";
import { InstanceState } from "../instance-state.js";
import { optional } from "../products.js";
import { policyOf, tempDirOf, workingDirOf } from "./sandbox.js";

const ignoreCase = process.platform === "win32";

/** What a program has set: seen by itself and its children only. */
const settings = new InstanceState(() => new Map<string, string>());
/** Variables that one program may set. */
const MOST_SETTINGS = 1_000;

function shows(context: NativeContext, name: string): ReturnType<typeof decideName> {
  return decideName(policyOf(context).env, name, { ignoreCase });
}

/** Checks the policy and records the use. */
export function authoriseVariable(
  context: NativeContext,
  operation: string,
  capability: string,
  name: string,
): void {
  const decision = shows(context, name);
  if (!decision.allowed) {
    context.audit({ capability, operation, target: name, decision: "denied", reason: decision.reason });
    const error = new SandboxViolationError("environment", name, decision.reason);
    throw context.fail(error.code, error.message, error);
  }
  context.audit({ capability, operation, target: name, decision: "allowed" });
}

const key = (name: string): string => (ignoreCase ? name.toUpperCase() : name);

/** Names under which programs look for the folder of their temporary files. */
const TEMPORARY: ReadonlySet<string> = new Set(process.platform === "win32" ? ["TEMP", "TMP"] : ["TMPDIR"]);

/** The environment of a child: what the program may read, and what it has set. */
export function childEnvironment(context: NativeContext): Record<string, string> {
  const shown = context.granted("env:read")
    ? Object.entries(process.env).filter(
        (entry): entry is [string, string] => entry[1] !== undefined && shows(context, entry[0]).allowed,
      )
    : [];
  // What was set before the policy or the grant was taken away does not go on to children.
  const own = context.granted("env:write")
    ? [...settings.of(context)].filter(([name]) => shows(context, name).allowed)
    : [];
  const tempDir = tempDirOf(context);
  const temporary =
    tempDir === undefined ? [] : [...TEMPORARY].map((name): [string, string] => [name, tempDir]);
  return Object.fromEntries([...shown, ...temporary, ...own]);
}

/** Fails for what no environment can hold. */
export function requireVariable(
  context: NativeContext,
  operation: string,
  name: string,
  value: string,
): void {
  if (name === "" || /[=\0]/.test(name)) throw context.fail("FUS0516", `${operation}: invalid variable name`);
  if (value.includes("\0")) throw context.fail("FUS0516", `${operation}: invalid variable value`);
}

function getter(operation: string): HostMember {
  return native(
    "string -> string option",
    "The value of an environment variable, or None.",
    (context: NativeContext, name: string) => {
      const tempDir = TEMPORARY.has(key(name)) ? tempDirOf(context) : undefined;
      // A program may always know the folder that is its own.
      if (tempDir !== undefined) {
        context.audit({ capability: "env:read", operation, target: name, decision: "allowed" });
        allocateString(context, tempDir.length);
        return optional(context, tempDir);
      }
      authoriseVariable(context, operation, "env:read", name);
      const own = settings.of(context).get(key(name));
      // Names of what every object has lead to no text.
      const found: unknown = own ?? process.env[name];
      const value = typeof found === "string" ? found : undefined;
      if (value !== undefined) allocateString(context, value.length);
      return optional(context, value);
    },
    { capability: "env:read" },
  );
}

function setter(operation: string): HostMember {
  // Nothing outside the program changes, so a rehearsal sets, too: what is read afterwards is what was set.
  const set = (context: NativeContext, name: string, value: string): undefined => {
    requireVariable(context, operation, name, value);
    authoriseVariable(context, operation, "env:write", name);
    const own = settings.of(context);
    if (own.size >= MOST_SETTINGS && !own.has(key(name)))
      throw context.fail("FUS0516", `${operation}: more than ${MOST_SETTINGS} variables`);
    context.allocate(2 * (name.length + value.length));
    own.set(key(name), value);
  };
  return native(
    "string -> string -> unit",
    "Sets an environment variable for this program and its children only: name, value.",
    set,
    { capability: "env:write", rehearse: set },
  );
}

function workingDirectory(operation: string): HostMember {
  return native(
    "unit -> string",
    "The working directory.",
    (context: NativeContext) => {
      const path = workingDirOf(context);
      context.audit({ capability: "fs:metadata", operation, target: path, decision: "allowed" });
      allocateString(context, path.length);
      return path;
    },
    { capability: "fs:metadata" },
  );
}

/** The functions of `Process` about the environment. */
export const processEnvironment: Readonly<Record<string, HostMember>> = {
  env: getter("Process.env"),
  setEnv: setter("Process.setEnv"),
  cwd: workingDirectory("Process.cwd"),
};

export const environmentModule: HostModule = hostModule("Env", {
  get: getter("Env.get"),
  set: setter("Env.set"),
  cwd: workingDirectory("Env.cwd"),
});
