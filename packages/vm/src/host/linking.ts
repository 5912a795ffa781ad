/** Binding a module's imports to what the host provides. */
import { LinkError } from "../errors.js";
import type { ExecutableModule } from "../machine/code.js";
import { HostFunction } from "../values/value.js";
import { convertingNative } from "./boundary.js";
import { dynamicsOf, refuseDynamicValues } from "./dynamics.js";
import type { HostFunctionMember, HostMember, HostModule, NativeMember } from "./host-module.js";
import type { LinkedImport } from "./link.js";
import { observedNative } from "./observed-native.js";
import { arityOfMember, signatureOf } from "./signature-cache.js";

/** One import of a module as the host provides it: the host's word on the capability counts, not the module's. */
export interface ResolvedImport {
  /** Qualified name: `File.read`, `print`. */
  readonly name: string;
  readonly capability: string | undefined;
  /** First use in the source; undefined in a stripped module. */
  readonly position: { readonly file: string; readonly line: number; readonly column: number } | undefined;
}

/**
 * What a module can reach of the host, with the capability that each needs. A function that needs several stands there once for each.
 *
 * @throws LinkError when the host does not provide one of them.
 * @example
 * const needed = resolveImports(module, standardLibrary()).map((one) => one.capability);
 */
export function resolveImports(
  module: ExecutableModule,
  hostModules: readonly HostModule[],
): readonly ResolvedImport[] {
  return module.data.imports.flatMap((_, index) => {
    const { name, member, position } = locate(module, index, hostModules);
    return capabilitiesOf(member).map((capability) => ({ name, capability, position }));
  });
}

/** What a member needs; one `undefined` for one that needs nothing. */
export function capabilitiesOf(member: HostMember): readonly (string | undefined)[] {
  if (!("capability" in member)) return [undefined];
  return [member.capability, ...(member.alsoNeeds ?? [])];
}

/** @throws LinkError */
export function linkImports(
  module: ExecutableModule,
  hostModules: readonly HostModule[],
): readonly LinkedImport[] {
  const known = module.linked;
  if (known !== undefined && sameModules(known.hostModules, hostModules)) return known.imports;
  const imports = linkFreshly(module, hostModules);
  module.linked = { hostModules: [...hostModules], imports };
  return imports;
}

function sameModules(a: readonly HostModule[], b: readonly HostModule[]): boolean {
  return a.length === b.length && a.every((module, index) => module === b[index]);
}

function linkFreshly(module: ExecutableModule, hostModules: readonly HostModule[]): readonly LinkedImport[] {
  if (dynamicsOf(hostModules) === undefined) refuseDynamicValues(module);
  return module.data.imports.map((wanted, index) => {
    const { name, member, position } = locate(module, index, hostModules);
    const linked = bind(name, member);
    if (linked === undefined)
      throw new LinkError(
        `${name} is a name with several implementations; a module must name one of them`,
        name,
        position,
      );
    if (linked.arity !== wanted.arity) {
      throw new LinkError(
        `${name} takes ${linked.arity} argument(s) here, the module expects ${wanted.arity}`,
        name,
        position,
      );
    }
    return linked;
  });
}

function locate(
  module: ExecutableModule,
  index: number,
  hostModules: readonly HostModule[],
): { name: string; member: HostMember; position: ResolvedImport["position"] } {
  const wanted = module.data.imports[index];
  if (wanted === undefined) throw new RangeError(`no import ${index}`);
  const name = wanted.module === "" ? wanted.name : `${wanted.module}.${wanted.name}`;
  const at = wanted.position;
  const position =
    at === undefined
      ? undefined
      : { file: module.data.files[at.file] ?? "", line: at.line, column: at.column };
  // Later modules of the same name add to earlier ones and win over them.
  for (let i = hostModules.length - 1; i >= 0; i--) {
    const host = hostModules[i];
    const member = host?.name === wanted.module ? host.members.get(wanted.name) : undefined;
    if (member !== undefined) return { name, member, position };
  }
  throw new LinkError(`the host does not provide ${name}`, name, position);
}

/** Bound members, kept with the declaration that they come from: binding is the same for every instance. */
const bound = new WeakMap<HostMember, LinkedImport>();

function bind(name: string, member: HostMember): LinkedImport | undefined {
  const known = bound.get(member);
  // One declaration may stand under several names, and messages and records tell the one that was used.
  if (known?.name === name) return known;
  const linked = bindFresh(name, member);
  if (linked !== undefined && known === undefined) bound.set(member, linked);
  return linked;
}

function bindFresh(name: string, member: HostMember): LinkedImport | undefined {
  if ("forms" in member || "variants" in member) return undefined;
  const common = {
    name,
    arity: "value" in member ? 0 : arityOfMember(member),
    capability: member.capability,
    mode: member.mode ?? "sync",
    native: undefined,
    code: undefined,
    unit: undefined,
    value: undefined,
  } as const;
  if ("value" in member) return { ...common, kind: "constant", value: member.value };
  if ("code" in member) {
    const { unit, code } = member.code();
    return { ...common, kind: "bytecode", unit, code };
  }
  const linked = { ...common, kind: "native", native: nativeOf(name, member) } as const;
  return "run" in member ? { ...linked, ofHost: true } : linked;
}

/**
 * A declared function as a value of the language, for a library that hands out functions of its own. `name` is its qualified name; the capability is asked for when it is called.
 *
 * @example
 * new AsyncValue(functionOf("Clock.tick", { type: "unit -> int", mode: "waits", native: () => nextTick() }));
 */
export function functionOf(name: string, member: HostFunctionMember | NativeMember): HostFunction {
  return new HostFunction(bind(name, member) as LinkedImport);
}

/** What the machine calls for a declared function. */
export function nativeOf(
  name: string,
  member: HostFunctionMember | NativeMember,
): NonNullable<LinkedImport["native"]> {
  const { native: bare, rehearse } = implementations(name, member);
  const { capability, mode = "sync" } = member;
  const native = mode === "blocks" ? timed(bare) : bare;
  return observedNative({ name, capability, mode, type: signatureOf(member).type, native, rehearse });
}

type Native = NonNullable<LinkedImport["native"]>;

/** A function that blocks may use up the time of the call. */
function timed(native: Native): Native {
  return (context, ...args) => {
    context.checkTime();
    const result = native(context, ...args);
    context.checkTime();
    return result;
  };
}

function implementations(
  name: string,
  member: HostFunctionMember | NativeMember,
): {
  readonly native: Native;
  readonly rehearse: Native | undefined;
} {
  if ("native" in member) {
    // Members declare the parameters that they want; what arrives has been checked against their type.
    return { native: member.native as Native, rehearse: member.rehearse as Native | undefined };
  }
  const { rehearse } = member;
  return {
    native: convertingNative(name, member),
    rehearse: rehearse === undefined ? undefined : convertingNative(name, { ...member, run: rehearse }),
  };
}
