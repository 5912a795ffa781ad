/** The module `Env`: environment variables, as far as the policy shows them, and the working directory. */
import { decideName, SandboxViolationError } from "@fusabi/capabilities";
import { type HostModule, hostModule, type NativeContext } from "@fusabi/vm";
import { allocateString } from "../allocation.js";
import { native } from "../declaration.js";
import { optional } from "../products.js";
import { policyOf, workingDirOf } from "./sandbox.js";

const ignoreCase = process.platform === "win32";

/** What a program has set: seen by itself only. Kept with what belongs to one instance alone, the shapes of its records. */
const settings = new WeakMap<object, Map<string, string>>();

function settingsOf(context: NativeContext): Map<string, string> {
  const instance = context.conversion.anonymousShapes;
  let own = settings.get(instance);
  if (own === undefined) {
    own = new Map();
    settings.set(instance, own);
  }
  return own;
}

function authorise(context: NativeContext, operation: string, capability: string, name: string): void {
  const decision = decideName(policyOf(context).env, name, { ignoreCase });
  if (!decision.allowed) {
    context.audit({ capability, operation, target: name, decision: "denied", reason: decision.reason });
    const error = new SandboxViolationError("environment", name, decision.reason);
    throw context.fail(error.code, error.message, error);
  }
  context.audit({ capability, operation, target: name, decision: "allowed" });
}

const key = (name: string): string => (ignoreCase ? name.toUpperCase() : name);

function get(context: NativeContext, name: string): ReturnType<typeof optional> {
  authorise(context, "Env.get", "env:read", name);
  const own = settingsOf(context).get(key(name));
  const value = own ?? (Object.hasOwn(process.env, name) ? process.env[name] : undefined);
  if (value !== undefined) allocateString(context, value.length);
  return optional(context, value);
}

function set(context: NativeContext, name: string, value: string): undefined {
  if (name === "" || /[=\0]/.test(name)) throw context.fail("FUS0516", "Env.set: invalid variable name");
  if (value.includes("\0")) throw context.fail("FUS0516", "Env.set: invalid variable value");
  authorise(context, "Env.set", "env:write", name);
  settingsOf(context).set(key(name), value);
}

export const environmentModule: HostModule = hostModule("Env", {
  get: native("string -> string option", "The value of an environment variable, or None.", get, {
    capability: "env:read",
  }),
  set: native(
    "string -> string -> unit",
    "Sets an environment variable for this program only: name, value.",
    set,
    { capability: "env:write" },
  ),
  cwd: native(
    "unit -> string",
    "The working directory.",
    (context: NativeContext) => {
      const path = workingDirOf(context);
      context.audit({ capability: "fs:metadata", operation: "Env.cwd", target: path, decision: "allowed" });
      allocateString(context, path.length);
      return path;
    },
    { capability: "fs:metadata" },
  ),
});
