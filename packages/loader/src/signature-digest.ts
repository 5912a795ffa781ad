import { createHash } from "node:crypto";
import type { HostMember, HostModule } from "@fusabi/vm";

/** Digests of modules; a module is data that never changes. */
const digests = new WeakMap<HostModule, string>();

/** Those of lists of modules: plugins without dependencies have the one of the host. */
const listDigests = new WeakMap<readonly HostModule[], string>();

/** A text that is another one whenever a program could be compiled differently against these modules. */
export function signatureDigest(modules: readonly HostModule[]): string {
  let digest = listDigests.get(modules);
  if (digest === undefined) {
    const hash = createHash("sha256");
    for (const module of modules) hash.update(moduleDigest(module));
    digest = hash.digest("hex");
    listDigests.set(modules, digest);
  }
  return digest;
}

function moduleDigest(module: HostModule): string {
  let digest = digests.get(module);
  if (digest === undefined) {
    const members = [...module.members].map(([name, member]) => [name, declarationOf(member)]);
    digest = createHash("sha256")
      .update(JSON.stringify([module.name, members]))
      .digest("hex");
    digests.set(module, digest);
  }
  return digest;
}

/** What a member says about itself, without what it does. */
function declarationOf(member: HostMember): readonly (readonly [string, unknown])[] {
  return Object.entries(member)
    .filter(([key]) => !IMPLEMENTATION.has(key))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .concat([["sort", SORTS.find((sort) => sort in member)]]);
}

const SORTS = ["run", "native", "value", "code", "forms", "variants"] as const;
const IMPLEMENTATION: ReadonlySet<string> = new Set(["run", "native", "value", "code", "rehearse", "doc"]);
